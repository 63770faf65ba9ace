using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tests.Support;

internal static class ChatwootServices
{
    public static ServiceProvider Of(StubProvider chatwoot, string apiKey = "test-token")
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("CHATWOOT_BASE_URL", "https://chatwoot.example"), new("CHATWOOT_API_KEY", apiKey), new("CHATWOOT_ACCOUNT_ID", "1"),
            ]).Build())
            .AddChatwoot(Attempts.One);
        services.AddHttpClient("chatwoot").ConfigurePrimaryHttpMessageHandler(() => chatwoot);
        return services.BuildServiceProvider();
    }
}
