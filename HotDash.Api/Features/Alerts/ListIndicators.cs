using System.ComponentModel;
using System.Text.Json.Serialization;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Alerts;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Alerts;

internal static class ListIndicators
{
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(31);

    public sealed record Reply(IReadOnlyList<IndicatorView> Indicators);

    /// <param name="Name">Such as <c>integration-errors</c>.</param>
    /// <param name="What">What the values are, in words that follow them.</param>
    /// <param name="Unit">share (0 to 1), count or seconds.</param>
    /// <param name="LowIsBad">Whether small values are the bad ones.</param>
    /// <param name="Alert">Beyond this it is an alert.</param>
    /// <param name="Clear">Not beyond this it is well.</param>
    /// <param name="MinSample">Of less nothing is concluded.</param>
    /// <param name="Values">Null when it could not be measured: the log says why.</param>
    public sealed record IndicatorView(
        string Name, string What, string Unit, bool LowIsBad, double Expected, double Alert, double Clear, long MinSample,
        DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ValueView>? Values);

    /// <param name="Subject">What was measured, such as the key of an integration.</param>
    public sealed record ValueView(string Subject, double Value, long Sample, Standing Standing);

    /// <summary>How a value compares with the limits.</summary>
    [JsonConverter(typeof(SnakeCaseConverter<Standing>))]
    public enum Standing { Well, Between, Bad, TooFew }

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        IndicatorReads indicators,
        TimeProvider clock,
        CancellationToken ct,
        [Description("RFC 3339; what happened at this time or later")] string? from = null,
        [Description("RFC 3339; what happened before this time; now unless given")] string? to = null)
    {
        var errors = new FieldErrors();
        var (start, end) = (errors.Time("from", from), errors.Time("to", to));
        var last = end ?? clock.GetUtcNow();
        errors.Require(!(start >= last), "from", $"must be earlier than {(to is null ? "now" : "to")}.");
        errors.Require(!(last - start > MostTime), "from", "must be at most 31 days before to.");
        if (errors.Any)
            return errors.ToProblem();

        var readings = await indicators.MeasureAsync(start, end, ct);
        return TypedResults.Ok(new Reply([.. readings.Select(View)]));
    }

    private static IndicatorView View(IndicatorReading reading)
    {
        var (indicator, rule) = (reading.Indicator, reading.Rule);
        return new(
            indicator.Name, indicator.What, indicator.Unit.ToSnakeCase(), indicator.LowIsBad, rule.Expected, rule.Alert, rule.Clear, rule.MinSample,
            reading.From, reading.To,
            reading.Measurements?.Select(one => new ValueView(one.Subject, one.Value, one.Sample, Stands(indicator, rule, one))).ToList());
    }

    private static Standing Stands(Indicator indicator, IndicatorRule rule, Measurement one) => one switch
    {
        _ when one.Sample < rule.MinSample => Standing.TooFew,
        _ when indicator.IsBeyond(one.Value, rule.Alert) => Standing.Bad,
        _ when indicator.IsBeyond(one.Value, rule.Clear) => Standing.Between,
        _ => Standing.Well,
    };
}
