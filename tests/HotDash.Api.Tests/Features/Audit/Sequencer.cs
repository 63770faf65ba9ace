using HotDash.ControlPlane;
using HotDash.ControlPlane.Audit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.Api.Tests.Features.Audit;

/// <summary>What the pollers do for the audit.</summary>
internal static class Sequencer
{
    public static async Task<IHost> StartAsync(string connectionString, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", ApiUnderTest.DataProtectionKey),
            .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
        ]);
        builder.Services.AddMetrics();
        builder.AddControlPlane();
        builder.Services.AddAuditSequencer();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
