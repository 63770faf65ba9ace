using System.Globalization;
using HotDash.ControlPlane.Alerts;

namespace HotDash.ControlPlane.Tests.Alerts;

public sealed class AlertRuleTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Indicator Errors = IndicatorList.Find("integration-errors")!;
    private static readonly Indicator Posts = IndicatorList.Find("post-delivery")!;
    private static readonly AlertOptions Options = new() { ClearAfter = TimeSpan.FromMinutes(3), NoDataAfter = TimeSpan.FromMinutes(5) };

    /// <summary>A value each minute (the limits are 1 % and 0.5 %; - is too little data), and what came of each: Opened, stays, resolved.</summary>
    [Theory]
    [InlineData("1 1 0.2", "   ")]
    [InlineData("1.1 2 9", "Oss")]
    [InlineData("1.1 0.9 1.1 0.6 1.1", "Ossss")] // between the limits is not well: nothing flaps
    [InlineData("1.1 0.5 0.5 0.4 0.3 1.1", "OsssrO")]
    [InlineData("1.1 0.1 0.1 0.9 0.1 0.1 0.1 0.1", "Osssssss|r")] // well without a break
    [InlineData("- -", "  ")]
    [InlineData("1.1 0.1 0.1 - 0.1 0.1 0.1 0.1", "Osssssss|r")]
    [InlineData("1.1 - - - 1.1 - - - - - -", "Osssssssssr")] // nothing is concluded of too little data, for long
    public void It_opens_at_once_and_is_resolved_when_it_was_well_for_a_while(string values, string expected)
    {
        var became = Became(Errors, [.. values.Split(' ').Select(One)]);

        Assert.Equal(expected.Replace("s|r", "r", StringComparison.Ordinal), became);
    }

    [Fact]
    public void Where_small_values_are_bad_the_limits_are_below()
    {
        Assert.Equal("Oss", Became(Posts, 0.9, 0.96, 0.94));
        Assert.Equal(" ", Became(Posts, 0.95));
    }

    [Fact]
    public void The_worst_value_is_remembered()
    {
        AlertRow? alert = null;
        foreach (var (value, minute) in new[] { 0.02, 0.3, 0.04 }.Select((value, minute) => (value, minute)))
            alert = Check(Errors, alert, value, Noon.AddMinutes(minute))!.Alert;

        Assert.Equal((0.04, 0.3, 0.01), (alert!.Value, alert.Worst, alert.Threshold));
    }

    [Fact]
    public void What_nobody_looked_at_for_a_while_was_not_seen_to_be_well()
    {
        var open = Check(Errors, null, 0.5, Noon)!.Alert;
        var well = Check(Errors, open, 0, Noon.AddMinutes(1))!.Alert;

        var late = Check(Errors, well, 0, Noon.AddHours(1))!;

        Assert.False(late.Resolved);
        Assert.Equal(Noon.AddHours(1), late.Alert.WellSince);
    }

    [Fact]
    public void An_alert_whose_indicator_is_gone_ends_as_one_without_data()
    {
        var open = Check(Errors, null, 0.5, Noon)!.Alert with { Indicator = "gone" };

        var quiet = AlertRule.Check(open, null, null, null, Options, Noon.AddMinutes(1))!;
        var ended = AlertRule.Check(quiet.Alert with { CheckedAt = Noon.AddMinutes(5) }, null, null, null, Options, Noon.AddMinutes(6))!;

        Assert.Equal((false, true, "there was not enough data for 5 minutes"), (quiet.Resolved, ended.Resolved, ended.Alert.ResolvedReason));
    }

    private static double One(string percent) => percent is "-" ? double.NaN : double.Parse(percent, CultureInfo.InvariantCulture) / 100;

    private static string Became(Indicator indicator, params double[] values)
    {
        AlertRow? alert = null;
        var became = "";
        foreach (var (value, minute) in values.Select((value, minute) => (value, minute)))
        {
            var step = Check(indicator, alert, value, Noon.AddMinutes(minute));
            became += step switch { null => " ", { Opened: true } => "O", { Resolved: true } => "r", _ => "s" };
            alert = step is { Resolved: false } ? step.Alert : null;
        }

        return became;
    }

    private static AlertStep? Check(Indicator indicator, AlertRow? alert, double value, DateTime now) => AlertRule.Check(
        alert, indicator, indicator.Usual, double.IsNaN(value) ? new("publer", 1, indicator.Usual.MinSample - 1) : new("publer", value, indicator.Usual.MinSample), Options, now);
}
