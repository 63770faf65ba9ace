using System.CommandLine;

namespace HotDash.Cli.Rollouts;

/// <summary><c>hotdash rollouts</c>.</summary>
internal static class RolloutCommands
{
    public static Command Create(CliContext context) => new("rollouts", "Flags that are raised stage by stage, and judged at each.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        ValidateCommand.Create(context),
        StartCommand.Create(context),
        MoveCommands.Advance(context),
        MoveCommands.Pause(context),
        MoveCommands.Resume(context),
        MoveCommands.Rollback(context),
        CheckNowCommand.Create(context),
        ContractCommand.Create(context),
    };

    public static Argument<string> Flag() => new("flag") { Description = "Name of the flag, such as publer_live." };

    public static string Path(string? flag) => $"/api/rollouts/{Uri.EscapeDataString(flag!)}";
}
