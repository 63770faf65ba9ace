using System.Text.Json;

namespace HotDash.Cli.Runbooks;

/// <summary>Prints steps as they are made; for programs all at the end.</summary>
internal sealed class StepList(CliContext context, bool json)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly List<object> _steps = [];

    public bool Failed { get; private set; }

    public void Heading(string text)
    {
        if (!json)
            context.Line(text);
    }

    public void Add(string? integration, Step step)
    {
        Failed |= step.Outcome is StepOutcome.Failed;
        _steps.Add(new { integration, step.Text, Outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(step.Outcome.ToString()), step.ToDo });
        if (!json)
            context.Line(integration is null ? $"{step}" : $"  {step}");
    }

    /// <returns>The exit code.</returns>
    /// <param name="next">Commands that make sense now.</param>
    public int End(string meaning, params IReadOnlyList<string> next)
    {
        if (json)
        {
            context.Json(JsonSerializer.SerializeToElement(new { ok = !Failed, steps = _steps, next }, Web));
        }
        else
        {
            context.Line(next is [] ? $"{meaning}." : $"{meaning}:");
            foreach (var command in next)
                context.Line($"  {command}");
        }

        return Failed ? ExitCodes.Partly : ExitCodes.Done;
    }
}
