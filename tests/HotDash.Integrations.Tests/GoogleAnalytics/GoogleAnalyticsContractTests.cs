using HotDash.Integrations.Analytics;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.Tests.Google;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.GoogleAnalytics;

public sealed class GoogleAnalyticsContractTests : ProviderContract
{
    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "google-analytics",
        Prepare = services => services.WithTokens("google-analytics"),
        Settings =
        [
            ("GOOGLE_ANALYTICS_BASE_URL", "https://ga.example/base"), ("GA4_PROPERTY_ID", "123456789"),
            ("GOOGLE_APPLICATION_CREDENTIALS", GoogleTestAccount.KeyFile), ("GOOGLE_TOKEN_URL", "https://tokens.example/token"),
        ],
        Read = (services, ct) => services.GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(new Period(new(2026, 2, 1), new(2026, 2, 2)), ct),
        ReadAttempts = 2,
        Throttled = new(429, """{"error":{"code":429,"message":"Exhausted property tokens per hour.","status":"RESOURCE_EXHAUSTED"}}"""),
    };
}
