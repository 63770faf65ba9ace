using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

internal static class ProveCommand
{
    public static Command Create(CliContext context)
    {
        var (id, json) = (ApprovalCommands.Id(), CommonOptions.Json());
        var command = new Command("prove", "Shows from the audit that what was sent is what was approved.") { id, json };

        command.SetAction(async (parsed, ct) =>
        {
            var proof = await context.Api.GetAsync($"{ApprovalCommands.Path(parsed.GetValue(id))}/proof", ct);
            if (parsed.GetValue(json))
                context.Json(proof);
            else
                Print(context, proof);
            return proof.GetProperty("proved").GetBoolean() ? ExitCodes.Done : ExitCodes.Partly;
        });

        return command;
    }

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
