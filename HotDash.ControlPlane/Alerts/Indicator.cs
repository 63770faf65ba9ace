namespace HotDash.ControlPlane.Alerts;

/// <summary>What an indicator's values are: a share from 0 to 1, a number of things, or seconds.</summary>
public enum IndicatorUnit { Share, Count, Seconds }

/// <summary>
/// A number that says how well something goes, measured for each of its subjects (integrations, say) over a stretch of time. What an
/// indicator is stands in <see cref="IndicatorList"/>.
/// </summary>
public sealed class Indicator
{
    /// <summary>Kebab-case and stable: it is in stored rows and in settings.</summary>
    public required string Name { get; init; }

    /// <summary>What the value is, in words that follow a number: <c>of the calls failed</c>.</summary>
    public required string What { get; init; }

    public required IndicatorUnit Unit { get; init; }

    /// <summary>Whether small values are the bad ones.</summary>
    public bool LowIsBad { get; init; }

    /// <summary>What holds where the settings say nothing else.</summary>
    public required IndicatorRule Usual { get; init; }

    /// <summary>
    /// A query from <c>@from</c> until before <c>@to</c> for Subject, Value and Sample. What has no sample is missing. Null for what is known once the
    /// others are measured.
    /// </summary>
    public required string? Sql { get; init; }

    /// <summary>Where one goes on looking; <c>{subject}</c> stands for the subject, <c>{0}</c> and <c>{1}</c> for what is before and after its first slash.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    public IReadOnlyList<string> LinksOf(string subject)
    {
        var parts = subject.Split('/', 2);

        return [.. Links.Select(link => Fill(Fill(Fill(link, "{subject}", subject), "{0}", parts[0]), "{1}", parts[^1]))];
    }

    /// <summary>Whether a value is worse than a limit.</summary>
    public bool IsBeyond(double value, double limit) => LowIsBad ? value < limit : value > limit;

    private static string Fill(string link, string hole, string text) => link.Replace(hole, Uri.EscapeDataString(text), StringComparison.Ordinal);
}

/// <summary>When an indicator is bad.</summary>
/// <param name="Expected">What it should be.</param>
/// <param name="Alert">Beyond this it is bad.</param>
/// <param name="Clear">Not beyond this it is well. What lies between the two is neither, so that a value at the limit does not flap.</param>
/// <param name="MinSample">Of less nothing is concluded.</param>
/// <param name="Window">So far back it is measured.</param>
public sealed record IndicatorRule(double Expected, double Alert, double Clear, long MinSample, TimeSpan Window);

/// <summary>One measured value.</summary>
/// <param name="Sample">Of how many calls, posts or answers.</param>
public sealed record Measurement(string Subject, double Value, long Sample);
