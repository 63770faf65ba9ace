namespace HotDash.Integrations.Plausible;

/// <summary>The connection to Plausible: <c>PLAUSIBLE_SITE_ID</c>, <c>PLAUSIBLE_API_KEY</c>.</summary>
public sealed class PlausibleOptions : IntegrationOptions
{
    private string? _apiKey;

    public PlausibleOptions()
        : base("plausible", "plausible")
    {
    }

    /// <summary>The site as Plausible names it: its domain.</summary>
    internal string? SiteId { get; private set; }

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("check-site"),
        Operation.Reads("traffic-by-day"),
        Operation.Reads("traffic-totals"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("PLAUSIBLE_BASE_URL") ?? new Uri("https://plausible.io/");
        SiteId = settings.Text("PLAUSIBLE_SITE_ID");
        _apiKey = settings.Credential("PLAUSIBLE_API_KEY");

        BindCommon(settings.Flag("PLAUSIBLE_LIVE"),
        [
            .. SiteId is null ? ["PLAUSIBLE_SITE_ID"] : Array.Empty<string>(),
            .. _apiKey is null ? ["PLAUSIBLE_API_KEY"] : Array.Empty<string>(),
        ]);
    }

    internal override void Authorize(HttpClient http) => http.DefaultRequestHeaders.Authorization = new("Bearer", _apiKey);
}
