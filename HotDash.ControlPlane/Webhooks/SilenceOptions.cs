namespace HotDash.ControlPlane.Webhooks;

/// <summary>When a silence is longer than usual (section <c>Webhooks:Silence</c>).</summary>
public sealed class SilenceOptions
{
    /// <summary>How many times the usual gap.</summary>
    public double Factor { get; set; } = 1.5;

    /// <summary>Nothing shorter is said to be long.</summary>
    public TimeSpan AtLeast { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Deliveries from which on it is known what is usual.</summary>
    public int MinSample { get; set; } = 20;

    internal IEnumerable<string> Problems(string section)
    {
        if (Factor is not (>= 1 and <= 100))
            yield return $"{section}:Factor must be from 1 to 100.";
        if (AtLeast < TimeSpan.FromMinutes(1) || AtLeast > TimeSpan.FromDays(14))
            yield return $"{section}:AtLeast must be from a minute to 14 days.";
        if (MinSample is < 3 or > 10_000)
            yield return $"{section}:MinSample must be from 3 to 10000.";
    }
}
