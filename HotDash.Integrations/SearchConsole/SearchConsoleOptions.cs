using HotDash.Integrations.Google;

namespace HotDash.Integrations.SearchConsole;

/// <summary>The connection to a property of Google Search Console: <c>GSC_SITE_URL</c>, <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public sealed class SearchConsoleOptions : GoogleOptions
{
    private const string SiteVariable = "GSC_SITE_URL";
    private const string Domain = "sc-domain:";

    public SearchConsoleOptions()
        : base("search-console", "gsc")
    {
    }

    /// <summary><c>https://shop.example/</c>, or <c>sc-domain:shop.example</c> for all of a domain.</summary>
    internal string? Site { get; private set; }

    internal override string Scope => "https://www.googleapis.com/auth/webmasters.readonly";

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("list-sites"),
        Operation.Reads("search-rows"),
        Operation.Reads("search-totals"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("SEARCH_CONSOLE_BASE_URL") ?? new Uri("https://searchconsole.googleapis.com/");
        Site = settings.Text(SiteVariable);
        if (Site is not null && !IsProperty(Site))
            throw IntegrationSettings.Refuse(SiteVariable, "must be a property as Search Console lists it: https://shop.example/ (with its last slash) or sc-domain:shop.example");

        BindGoogle(settings, settings.Flag("ANALYTICS_REAL_DATA"), Site is null ? [SiteVariable] : []);
    }

    private static bool IsProperty(string site) => site.StartsWith(Domain, StringComparison.Ordinal)
        ? Uri.CheckHostName(site[Domain.Length..]) is UriHostNameType.Dns
        : site.EndsWith('/') && Uri.TryCreate(site, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" };
}
