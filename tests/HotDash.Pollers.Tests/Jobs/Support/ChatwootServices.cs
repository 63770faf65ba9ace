using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs.Support;

/// <summary>The real client; only the far end of the wire is planned.</summary>
internal static class ChatwootServices
{
    public static ServiceProvider Create(Func<HttpMessageHandler> wire, string apiKey = "chatwoot-test-token")
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["CHATWOOT_BASE_URL"] = "https://chatwoot.example",
                ["CHATWOOT_API_KEY"] = apiKey,
                ["CHATWOOT_ACCOUNT_ID"] = "1",
            }).Build())
            .AddLogging()
            .AddChatwoot(Attempts.One);
        services.AddHttpClient("chatwoot").ConfigurePrimaryHttpMessageHandler(wire);
        return services.BuildServiceProvider();
    }
}
