using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace HotDash.Benchmarks.Flags;

/// <summary>The same two flags, the way .NET programs usually have them (https://github.com/microsoft/FeatureManagement-Dotnet).</summary>
internal sealed class TheirFlags : IDisposable
{
    private static readonly string[] Groups = ["internal"];

    private readonly ServiceProvider _services;
    private readonly IFeatureManager _flags;

    public TheirFlags()
    {
        const string audience = "FeatureManagement:split:EnabledFor:0:Parameters:Audience";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["FeatureManagement:plain"] = "true",
            ["FeatureManagement:split:EnabledFor:0:Name"] = "Microsoft.Targeting",
            [$"{audience}:Groups:0:Name"] = "beta",
            [$"{audience}:Groups:0:RolloutPercentage"] = "100",
            [$"{audience}:DefaultRolloutPercentage"] = "25",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddFeatureManagement();
        _services = services.BuildServiceProvider();
        _flags = _services.GetRequiredService<IFeatureManager>();
    }

    public bool Plain() => Now(_flags.IsEnabledAsync("plain"));

    public bool Split(string user) => Now(_flags.IsEnabledAsync("split", new TargetingContext { UserId = user, Groups = Groups }));

    public void Dispose() => _services.Dispose();

    private static bool Now(Task<bool> answer) => answer.GetAwaiter().GetResult();
}
