using HotDash.ControlPlane.Webhooks;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Alerts;

/// <summary>When something is an alert (configuration section <c>Alerts</c>).</summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>An alert is resolved when its indicator was well for so long without a break.</summary>
    public TimeSpan ClearAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>An alert is resolved, too, when there was not enough data for so long.</summary>
    public TimeSpan NoDataAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>For no longer is an alert silenced.</summary>
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What differs from an indicator's usual rule, by its name.</summary>
    public IDictionary<string, RuleSettings> Indicators { get; } = new Dictionary<string, RuleSettings>(StringComparer.Ordinal);

    /// <summary>As <c>Webhooks:Silence</c> has it.</summary>
    internal SilenceOptions Silence { get; set; } = new();

    /// <summary>The indicators that are not switched off, and when they are bad.</summary>
    public IEnumerable<(Indicator Indicator, IndicatorRule Rule)> Rules() =>
        from indicator in IndicatorList.With(Silence)
        let settings = Indicators.TryGetValue(indicator.Name, out var set) ? set : null
        where settings is not { Off: true }
        select (indicator, settings?.Over(indicator.Usual) ?? indicator.Usual);

    internal sealed class Check : IValidateOptions<AlertOptions>
    {
        private static readonly TimeSpan MostWindow = TimeSpan.FromDays(7);

        public ValidateOptionsResult Validate(string? name, AlertOptions options)
        {
            string[] wrong = [.. Times(options), .. Unknown(options), .. options.Rules().SelectMany(rule => Rule(rule.Indicator, rule.Rule))];
            return wrong is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
        }

        private static IEnumerable<string> Times(AlertOptions options)
        {
            foreach (var (setting, value) in new[] { ("ClearAfter", options.ClearAfter), ("NoDataAfter", options.NoDataAfter), ("MaxSilence", options.MaxSilence) })
            {
                if (value < TimeSpan.FromMinutes(1) || value > TimeSpan.FromDays(365))
                    yield return $"{Section}:{setting} must be from a minute (00:01:00) to 365 days.";
            }
        }

        private static IEnumerable<string> Unknown(AlertOptions options) =>
            from name in options.Indicators.Keys.Except(IndicatorList.All.Select(indicator => indicator.Name), StringComparer.Ordinal)
            select $"{Section}:Indicators:{name} is no indicator; there are {string.Join(", ", IndicatorList.All.Select(indicator => indicator.Name))}.";

        private static IEnumerable<string> Rule(Indicator indicator, IndicatorRule rule)
        {
            var setting = $"{Section}:Indicators:{indicator.Name}";
            var most = indicator.Unit is IndicatorUnit.Share ? 1 : double.MaxValue;
            foreach (var (limit, value) in new[] { ("Expected", rule.Expected), ("Alert", rule.Alert), ("Clear", rule.Clear) })
            {
                if (!(value >= 0 && value <= most))
                    yield return $"{setting}:{limit} must be {(indicator.Unit is IndicatorUnit.Share ? "a share from 0 to 1" : "a number from 0")}.";
            }

            if (indicator.IsBeyond(rule.Clear, rule.Alert))
                yield return $"{setting}:Clear must not be worse than Alert.";
            if (rule.MinSample < 1)
                yield return $"{setting}:MinSample must be at least 1.";
            if (rule.Window < TimeSpan.FromMinutes(1) || rule.Window > MostWindow)
                yield return $"{setting}:Window must be from a minute (00:01:00) to 7 days.";
        }
    }
}

/// <summary>What differs from an indicator's usual rule.</summary>
public sealed class RuleSettings
{
    /// <summary>It is not measured at all.</summary>
    public bool Off { get; set; }

    public double? Expected { get; set; }

    public double? Alert { get; set; }

    public double? Clear { get; set; }

    public long? MinSample { get; set; }

    public TimeSpan? Window { get; set; }

    internal IndicatorRule Over(IndicatorRule usual) => new(
        Expected ?? usual.Expected, Alert ?? usual.Alert, Clear ?? usual.Clear, MinSample ?? usual.MinSample, Window ?? usual.Window);
}
