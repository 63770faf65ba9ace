using HotDash.Integrations.Publer;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Publer;

public sealed class PublerContractTests : ProviderContract
{
    public const string ApiKey = "canary-publer-key";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "publer",
        Settings = [("PUBLER_BASE_URL", "https://publer.example/base"), ("PUBLER_API_KEY", ApiKey), ("PUBLER_WORKSPACE_ID", "workspace-1")],
        Read = (services, ct) => services.GetRequiredService<PublerClient>().ListAccountsAsync(ct),
        Write = (services, ct) => services.GetRequiredService<PublerClient>().SubmitAsync([new("Hello", [new("account-1", "twitter", "Shop")], null)], ct),
        Throttled = new(429, """{"error":"Rate limit exceeded. Retry later."}""", [("X-RateLimit-Reset", "1772366520")], TimeSpan.FromMinutes(2)),
    };
}
