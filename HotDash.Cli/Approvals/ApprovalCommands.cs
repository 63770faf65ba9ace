using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

/// <summary><c>hotdash approvals</c>.</summary>
internal static class ApprovalCommands
{
    public static Command Create(CliContext context) => new("approvals", "Actions that reach somebody outside only when people approved them.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        DecideCommands.Approve(context),
        DecideCommands.Reject(context),
        EditCommand.Create(context),
        DecideManyCommand.Create(context),
        GradeCommand.Create(context),
        DecideCommands.Settle(context),
        ProveCommand.Create(context),
    };

    public static Argument<Guid> Id() => new("id") { Description = "id of the approval" };

    /// <summary>A decision names what was seen.</summary>
    public static Option<string> Hash() => new("--hash") { Description = "Of what you saw: show prints it.", Required = true };

    public static string Path(Guid id) => $"/api/approvals/{id}";

    public static void Print(CliContext context, JsonElement approval, bool json)
    {
        if (json)
            context.Json(approval);
        else
            context.Line($"{approval.Text("id")} is {approval.Text("state")}: {approval.GetProperty("approvedBy").GetArrayLength()} of {approval.Text("required")} approved {approval.Text("hash")}");
    }
}
