using HotDash.Integrations.Analytics;
using HotDash.Integrations.Plausible;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Plausible;

public sealed class PlausibleContractTests : ProviderContract
{
    public const string ApiKey = "canary-plausible-key";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "plausible",
        Settings = [("PLAUSIBLE_BASE_URL", "https://plausible.example/base"), ("PLAUSIBLE_SITE_ID", "shop.example"), ("PLAUSIBLE_API_KEY", ApiKey)],
        Read = (services, ct) => services.GetRequiredService<PlausibleClient>().GetTrafficAsync(new Period(new(2026, 2, 1), new(2026, 2, 2)), ct),
        Throttled = new(429, """{"error":"Too many API requests. Your API key is limited to 600 requests per hour."}"""),
    };
}
