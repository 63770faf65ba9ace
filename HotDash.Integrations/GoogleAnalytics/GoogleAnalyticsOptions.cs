using HotDash.Integrations.Google;

namespace HotDash.Integrations.GoogleAnalytics;

/// <summary>The connection to a Google Analytics 4 property: <c>GA4_PROPERTY_ID</c>, <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public sealed class GoogleAnalyticsOptions : GoogleOptions
{
    private const string PropertyVariable = "GA4_PROPERTY_ID";

    public GoogleAnalyticsOptions()
        : base("google-analytics", "ga4")
    {
    }

    /// <summary>Digits; the <c>G-…</c> of a web page is something else.</summary>
    internal string? PropertyId { get; private set; }

    internal override string Scope => "https://www.googleapis.com/auth/analytics.readonly";

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("check-property"),
        Operation.Reads("traffic-by-day"),
        Operation.Reads("traffic-totals"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("GOOGLE_ANALYTICS_BASE_URL") ?? new Uri("https://analyticsdata.googleapis.com/");
        PropertyId = settings.Text(PropertyVariable);
        if (PropertyId?.All(char.IsAsciiDigit) is false)
            throw IntegrationSettings.Refuse(PropertyVariable, "must be the number of a property (Admin → Property details), not the G-… of a web page");

        BindGoogle(settings, settings.Flag("ANALYTICS_REAL_DATA"), PropertyId is null ? [PropertyVariable] : []);
    }
}
