using System.CommandLine;

namespace HotDash.Cli.Webhooks;

/// <summary><c>hotdash webhooks</c>.</summary>
internal static class WebhookCommands
{
    public static Command Create(CliContext context) => new("webhooks", "Events that providers sent.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        ReplayCommand.Create(context),
        InventoryCommand.Create(context),
    };

    public static Argument<Guid> Id() => new("id") { Description = "Id of the event." };
}
