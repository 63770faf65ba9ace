namespace HotDash.Cli.Runbooks;

internal enum StepOutcome { Ok, Failed, NotAsked }

/// <summary>One thing that a runbook looked at or did, with a tick or a cross.</summary>
/// <param name="ToDo">What to do about a cross.</param>
internal sealed record Step(string Text, StepOutcome Outcome, string? ToDo = null)
{
    public static Step Ok(string text) => new(text, StepOutcome.Ok);

    public static Step Failed(string text, string? toDo = null) => new(text, StepOutcome.Failed, toDo);

    public static Step NotAsked(string text) => new(text, StepOutcome.NotAsked);

    /// <summary>A tick with the first text, else a cross with the second.</summary>
    public static Step Of(bool ok, string passes, string fails, string? toDo = null) => ok ? Ok(passes) : Failed(fails, toDo);

    public override string ToString() => Outcome switch
    {
        StepOutcome.Ok => $"✅ {Text}",
        StepOutcome.Failed => $"❌ {Text}.{(ToDo is null ? "" : $" {ToDo}")}",
        _ => $"➖ {Text}",
    };
}
