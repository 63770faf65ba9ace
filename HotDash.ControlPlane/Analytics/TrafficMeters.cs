using HotDash.Integrations;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.Plausible;

namespace HotDash.ControlPlane.Analytics;

/// <summary>One way to measure traffic: its settings, its client, its examples.</summary>
internal sealed record TrafficMeter(
    TrafficProvider Provider, IntegrationOptions Options, Func<Period, CancellationToken, Task<Traffic>> GetAsync, Func<Period, Traffic> Mock);

internal sealed class TrafficMeters(
    GoogleAnalyticsClient google, GoogleAnalyticsOptions googleOptions, PlausibleClient plausible, PlausibleOptions plausibleOptions)
{
    public TrafficProvider Preferred =>
        googleOptions.State is not IntegrationState.Live && plausibleOptions.State is IntegrationState.Live ? TrafficProvider.Plausible : TrafficProvider.Ga4;

    public TrafficMeter this[TrafficProvider provider] => provider switch
    {
        TrafficProvider.Plausible => new(provider, plausibleOptions, plausible.GetTrafficAsync, PlausibleMock.Traffic),
        _ => new(provider, googleOptions, google.GetTrafficAsync, GoogleAnalyticsMock.Traffic),
    };
}
