using HotDash.Integrations.Chatwoot;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Chatwoot;

public sealed class ChatwootContractTests : ProviderContract
{
    public const string ApiKey = "canary-chatwoot-token";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "chatwoot",
        Settings = [("CHATWOOT_BASE_URL", "https://chatwoot.example/base"), ("CHATWOOT_API_KEY", ApiKey), ("CHATWOOT_ACCOUNT_ID", "7")],
        Read = (services, ct) => services.GetRequiredService<ChatwootClient>().ListConversationsAsync(new(), 1, ct),
        Write = (services, ct) => services.GetRequiredService<ChatwootClient>().WriteAsync(new("42", "Hello", Private: true, Guid.CreateVersion7()), ct),
        Throttled = new(429, "Retry later\n"),
    };
}
