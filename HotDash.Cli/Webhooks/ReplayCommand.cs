using System.CommandLine;

namespace HotDash.Cli.Webhooks;

internal static class ReplayCommand
{
    public static Command Create(CliContext context)
    {
        var id = WebhookCommands.Id();
        var command = new Command("replay", "Has an event handled anew that was given up or ignored.") { id };

        command.SetAction(async (parsed, ct) =>
        {
            await context.Api.PostAsync($"/api/webhooks/{parsed.GetValue(id)}/replay", new { }, ct);
            context.Line("It is handled anew: hotdash webhooks show tells what becomes of it.");
            return ExitCodes.Done;
        });

        return command;
    }
}
