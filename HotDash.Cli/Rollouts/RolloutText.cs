using System.Text.Json;

namespace HotDash.Cli.Rollouts;

/// <summary>A rollout in words.</summary>
internal static class RolloutText
{
    public static void Print(CliContext context, JsonElement rollout, bool json)
    {
        if (json)
            context.Json(rollout);
        else
            context.Line($"{rollout.Text("flag")} is {rollout.Text("state")} at {Stage(rollout)} of {rollout.Text("targetStage")}: {rollout.Text("reason")}");
    }

    public static string Stage(JsonElement rollout) => $"{rollout.Text("stage")} ({rollout.Text("percent")} %)";

    public static string? Verdict(JsonElement rollout) => rollout.TextOrNull("verdict") is { } verdict ? $"{verdict}: {rollout.Text("verdictReason")}" : null;

    /// <summary>For scripts that ask how it goes.</summary>
    public static int ExitCode(JsonElement rollout) => rollout.Text("verdict") is "healthy" ? ExitCodes.Done : ExitCodes.Partly;
}
