using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tests;

/// <summary>Publer's settings as a host would read them.</summary>
internal static class Integration
{
    public static readonly PublerOptions Off = Read();

    public static readonly PublerOptions WithoutCredentials = Read(("PUBLER_LIVE", "true"));

    public static readonly PublerOptions Live = Read(("PUBLER_LIVE", "true"), ("PUBLER_API_KEY", "test-key"), ("PUBLER_WORKSPACE_ID", "ws-1"));

    private static PublerOptions Read(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build())
        .AddPubler(Attempts.One)
        .BuildServiceProvider()
        .GetRequiredService<PublerOptions>();
}
