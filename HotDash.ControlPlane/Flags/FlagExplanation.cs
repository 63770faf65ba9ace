using System.Globalization;

namespace HotDash.ControlPlane.Flags;

/// <summary>One question on the way to a decision.</summary>
/// <param name="Step">What was asked: <c>kill switch</c>, <c>environment</c>…</param>
/// <param name="Decides">Whether it ended the way.</param>
/// <param name="Detail">What was found.</param>
public sealed record FlagStep(string Step, bool Decides, string Detail);

/// <summary>A decision with the questions that led to it; those after it are left out.</summary>
public sealed record FlagExplanation(FlagDecision Decision, long Version, IReadOnlyList<FlagStep> Steps)
{
    internal static FlagExplanation Of(CompiledFlag flag, string? user, string? cohort, TimeProvider clock)
    {
        var steps = new List<FlagStep>();
        foreach (var step in Walk(flag, user, cohort, clock.GetUtcNow()))
        {
            steps.Add(step);
            if (step.Decides)
                break;
        }

        return new(flag.Decide(user, cohort, clock), flag.Flag.Version, steps);
    }

    private static IEnumerable<FlagStep> Walk(CompiledFlag compiled, string? user, string? cohort, DateTimeOffset now)
    {
        var flag = compiled.Flag;
        yield return new("kill switch", flag.Killed, flag.Killed ? "It is killed: off for everybody." : "It is not killed.");
        yield return compiled.Variable is { } variable
            ? new("environment", Decides: true, $"{variable.Name} says {FlagWords.OnOff(variable.On)} in this process.")
            : new("environment", Decides: false, "No variable is set.");
        yield return compiled.OverrideOf(user) is { } set
            ? new("override", Decides: true, $"It is {FlagWords.OnOff(set)} for this user.")
            : new("override", Decides: false, user is null ? "No user is given." : "There is none for this user.");
        yield return Schedule(compiled, now);
        yield return Switch(compiled);
        yield return Cohort(compiled, cohort);
        yield return Percentage(compiled, user);
    }

    private static FlagStep Schedule(CompiledFlag compiled, DateTimeOffset now)
    {
        var flag = compiled.Flag;
        return new("dates", !compiled.IsTime(now),
            now < flag.StartDate ? $"It begins at {FlagWords.Time(flag.StartDate.Value)}."
            : now >= flag.EndDate ? $"It ended at {FlagWords.Time(flag.EndDate.Value)}."
            : compiled.IsDated ? "It has begun and has not ended."
            : "It has none.");
    }

    private static FlagStep Switch(CompiledFlag compiled) => new("enabled", compiled.Flag.Enabled is not true, compiled.Flag.Enabled switch
    {
        true => "It is switched on.",
        false => "It is switched off.",
        null => $"Nobody has set it: it is {FlagWords.OnOff(compiled.Otherwise)} by default.",
    });

    private static FlagStep Cohort(CompiledFlag compiled, string? cohort)
    {
        var allowed = compiled.Flag.AllowedCohorts is [] ? "no cohort" : string.Join(", ", compiled.Flag.AllowedCohorts);
        return new("cohort", cohort is not null && compiled.Allows(cohort),
            cohort is null ? $"None is given; it is for {allowed}." : $"The user is of {cohort}; it is for {allowed}.");
    }

    private static FlagStep Percentage(CompiledFlag compiled, string? user)
    {
        var flag = compiled.Flag;
        var share = flag.EffectivePercent == flag.RolloutPercent
            ? $"It is on for {flag.RolloutPercent}"
            : $"It is on for {flag.EffectivePercent}, its peak since it was switched on (monotone; {flag.RolloutPercent} now)";

        return new("percentage", Decides: true, compiled.Split(user).Reason switch
        {
            FlagReason.Static => $"{share}.",
            FlagReason.Error => $"{share}, and no user is given: off.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{share}; the user's bucket is {compiled.BucketOf(user!) / 1000m:0.000}."),
        });
    }
}

internal static class FlagWords
{
    public static string OnOff(bool on) => on ? FlagVariants.On : FlagVariants.Off;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
