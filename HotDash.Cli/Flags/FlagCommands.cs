using System.CommandLine;

namespace HotDash.Cli.Flags;

/// <summary><c>hotdash flags</c>.</summary>
internal static class FlagCommands
{
    public static Command Create(CliContext context) => new("flags", "What is switched on, and for whom.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        AskCommands.Evaluate(context),
        AskCommands.Explain(context),
        CreateCommand.Create(context),
        TurnCommands.Enable(context),
        TurnCommands.Disable(context),
        TurnCommands.Rollback(context),
        OverrideCommand.Create(context),
        TurnCommands.Kill(context),
        TurnCommands.Unkill(context),
        DeleteCommand.Create(context),
    };

    public static Argument<string> Name() => new("flag") { Description = "Name of the flag, such as publer_live." };

    public static Option<long?> Version() => new("--version") { Description = "Only if it still has this version." };

    public static string Path(string name) => $"/api/flags/{Uri.EscapeDataString(name)}";
}
