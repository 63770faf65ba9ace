using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

/// <summary><c>hotdash dlq</c>.</summary>
internal static class DeadLetterCommands
{
    public static Command Create(CliContext context) => new("dlq", "Writes that could not be delivered: look at them, send them again, or discard them.")
    {
        ListCommand.Create(context),
        GroupsCommand.Create(context),
        ShowCommand.Create(context),
        PreviewCommand.Create(context),
        ReplayCommand.Create(context),
        ReplayStateCommands.Status(context),
        ReplayStateCommands.Pause(context),
        ReplayStateCommands.Cancel(context),
        DiscardCommand.Create(context),
        SettleCommand.Create(context),
    };

    public static Argument<Guid> Id(string what) => new("id") { Description = $"id of the {what}" };
}
