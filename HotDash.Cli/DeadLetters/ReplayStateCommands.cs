using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

/// <summary>Shows a replay, pauses it, or ends it.</summary>
internal static class ReplayStateCommands
{
    public static Command Status(CliContext context)
    {
        var (id, json) = (DeadLetterCommands.Id("replay"), CommonOptions.Json());
        var command = new Command("status", "Shows how far a replay is.") { id, json };
        command.SetAction(async (parsed, ct) =>
        {
            var replay = await context.Api.GetAsync($"/api/dead-letters/replays/{parsed.GetValue(id)}", ct);
            ReplayView.Print(context, replay, parsed.GetValue(json));
            return ReplayView.ExitCode(replay, waited: replay.Text("state") is "done" or "stopped");
        });

        return command;
    }

    public static Command Pause(CliContext context) => Change(context, "pause", "Sends nothing more until the replay is started again (dlq replay).");

    public static Command Cancel(CliContext context) => Change(context, "cancel", "Ends a replay; what it did not send stays in the queue.");

    private static Command Change(CliContext context, string verb, string description)
    {
        var (id, json) = (DeadLetterCommands.Id("replay"), CommonOptions.Json());
        var command = new Command(verb, description) { id, json };
        command.SetAction(async (parsed, ct) =>
        {
            ReplayView.Print(context, await context.Api.PostAsync($"/api/dead-letters/replays/{parsed.GetValue(id)}/{verb}", null, ct), parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
