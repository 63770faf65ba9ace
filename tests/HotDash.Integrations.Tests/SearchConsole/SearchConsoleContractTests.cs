using HotDash.Integrations.Analytics;
using HotDash.Integrations.SearchConsole;
using HotDash.Integrations.Tests.Google;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.SearchConsole;

public sealed class SearchConsoleContractTests : ProviderContract
{
    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "search-console",
        Prepare = services => services.WithTokens("search-console"),
        Settings =
        [
            ("SEARCH_CONSOLE_BASE_URL", "https://gsc.example/base"), ("GSC_SITE_URL", "https://shop.example/"),
            ("GOOGLE_APPLICATION_CREDENTIALS", GoogleTestAccount.KeyFile),
        ],
        Read = (services, ct) => services.GetRequiredService<SearchConsoleClient>().QueryAsync(new Period(new(2026, 2, 1), new(2026, 2, 2)), SearchDimension.Query, 10, ct),
        LegalReplies = ["{}"], // nobody searched
        Throttled = new(403, """{"error":{"code":403,"message":"Quota exceeded.","errors":[{"domain":"usageLimits","reason":"quotaExceeded","message":"Quota exceeded."}]}}"""),
    };
}
