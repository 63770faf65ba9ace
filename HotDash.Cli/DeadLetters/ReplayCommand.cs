using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class ReplayCommand
{
    public static Command Create(CliContext context)
    {
        var (id, json) = (DeadLetterCommands.Id("preview, or of a replay that was paused or stopped"), CommonOptions.Json());
        var noWait = new Option<bool>("--no-wait") { Description = "Return at once; the replay goes on. So it does when you interrupt the waiting." };
        var command = new Command("replay", "Sends the letters of a preview again, and waits for the end.") { id, noWait, json };

        command.SetAction(async (parsed, ct) =>
        {
            var replay = await context.Api.PostAsync($"/api/dead-letters/replays/{parsed.GetValue(id)}/start", null, ct);
            if (!parsed.GetValue(noWait))
                replay = await ReplayWatch.UntilEndedAsync(context, replay, ct);

            ReplayView.Print(context, replay, parsed.GetValue(json));
            return ReplayView.ExitCode(replay, waited: !parsed.GetValue(noWait));
        });

        return command;
    }
}
