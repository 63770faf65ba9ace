using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Rollouts;

internal static class ShowCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one, with its evidence and its newest findings.", RolloutCommands.Flag(), RolloutCommands.Path, Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var rollout = answer.GetProperty("rollout");
        context.Fields(
            ("flag", rollout.Text("flag")),
            ("state", rollout.Text("state")),
            ("stage", $"{RolloutText.Stage(rollout)} of {rollout.Text("targetStage")}, since {rollout.Time("stageSince")}"),
            ("verdict", RolloutText.Verdict(rollout)),
            ("evidence", answer.GetProperty("evidence") is { ValueKind: JsonValueKind.Object } evidence ? Evidence(evidence) : null),
            ("reason", rollout.Text("reason")),
            ("started", $"{rollout.Time("startedAt")} by {rollout.Text("startedBy")}"),
            ("possible", rollout.Texts("possible")));
        context.Table(answer.GetProperty("findings").EnumerateArray(),
            ("from", row => row.Time("at")),
            ("to", row => row.Time("lastAt")),
            ("stage", row => row.Text("stage")),
            ("verdict", row => row.Text("verdict")),
            ("reason", row => row.Text("reason")),
            ("health", row => row.Text("health")));
    }

    private static string Evidence(JsonElement evidence) =>
        $"{evidence.Text("errors")} of {evidence.Text("calls")} calls failed, of the others {evidence.Text("otherErrors")} of {evidence.Text("otherCalls")}; "
        + $"an alarm is 100: more errors {evidence.Text("moreErrors")}, over the threshold {evidence.Text("overThreshold")}, slower {evidence.Text("slower")}";
}
