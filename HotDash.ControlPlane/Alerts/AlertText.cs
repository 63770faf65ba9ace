using System.Globalization;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Alerts in words.</summary>
internal static class AlertText
{
    /// <returns>Such as <c>chatwoot: 12.3 % of the calls failed (of 340); the limit is 1 %</c>.</returns>
    public static string Summary(AlertRow alert) => IndicatorList.Find(alert.Indicator) is { } indicator
        ? $"{alert.Subject}: {Value(indicator, alert.Value)} {indicator.What} (of {alert.Sample.ToString(CultureInfo.InvariantCulture)}); the limit is {Value(indicator, alert.Threshold)}"
        : $"{alert.Subject}: {alert.Indicator}";

    public static string Value(Indicator indicator, double value) => indicator.Unit switch
    {
        IndicatorUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##} %"),
        IndicatorUnit.Seconds => string.Create(CultureInfo.InvariantCulture, $"{value:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"),
    };
}
