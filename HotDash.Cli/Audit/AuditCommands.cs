using System.CommandLine;

namespace HotDash.Cli.Audit;

/// <summary><c>hotdash audit</c>.</summary>
internal static class AuditCommands
{
    public static Command Create(CliContext context) => new("audit", "What was changed, by whom and why; and whether that record is whole.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        VerifyCommand.Create(context),
    };
}
