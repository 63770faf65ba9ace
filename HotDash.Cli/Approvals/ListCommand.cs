using System.CommandLine;

namespace HotDash.Cli.Approvals;

internal static class ListCommand
{
    public static Command Create(CliContext context) => PageCommand.Create(
        context, "Lists them, the riskiest first, and of those the oldest.", "/api/approvals", "approvals", ApprovalFilters.All(),
        ("id", row => row.Text("id")),
        ("kind", row => row.Text("kind")),
        ("target", row => row.Text("target")),
        ("risk", row => row.Text("risk")),
        ("state", row => row.Text("stale") is "true" ? $"{row.Text("state")}, stale" : row.Text("state")),
        ("approved", row => $"{row.GetProperty("approvedBy").GetArrayLength()} of {row.Text("required")}"),
        ("asked", row => row.Time("createdAt")),
        ("expires", row => row.Time("expiresAt")));
}
