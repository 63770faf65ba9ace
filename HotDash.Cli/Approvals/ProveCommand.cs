using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

internal static class ProveCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "prove", "Shows from the audit that what was sent is what was approved.", ApprovalCommands.Id(), id => $"{ApprovalCommands.Path(id)}/proof", Print, proof => proof.GetProperty("proved").GetBoolean());

    private static void Print(CliContext context, JsonElement proof)
    {
        context.Table(proof.GetProperty("story").EnumerateArray(),
            ("seq", row => row.Text("seq")),
            ("at", row => row.Time("at")),
            ("action", row => row.Text("action")),
            ("by", row => row.Text("actor")),
            ("hash", row => row.Text("hash")));
        foreach (var check in proof.GetProperty("checks").EnumerateArray())
            context.Line($"{(check.GetProperty("ok").GetBoolean() ? "✅" : "❌")} {check.Text("check")}: {check.Text("detail")}");
        context.Line(proof.GetProperty("proved").GetBoolean() ? "Sent = approved." : "Not proved.");
    }
}
