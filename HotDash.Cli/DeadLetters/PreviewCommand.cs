using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class PreviewCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(CliContext context)
    {
        var (selection, json, reason) = (new Selection(), CommonOptions.Json(), CommonOptions.Reason(required: false));
        var share = new Option<double?>("--stop-share") { Description = "0 to 1: stop when a larger share of what was sent fails again; 0.2 unless given." };
        var command = new Command("preview", "Chooses letters to be sent again, counts them, and looks which had their effect already. Sends nothing.") { share, reason, json };
        selection.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var body = selection.Body(parsed);
            body["reason"] = parsed.GetValue(reason);
            body["stopShare"] = parsed.GetValue(share);
            var replay = await context.Api.PostAsync("/api/dead-letters/replays", body, ct);
            replay = await ReplayWatch.UntilLookedAsync(context, replay, Patience, ct);

            ReplayView.Print(context, replay, parsed.GetValue(json));
            if (!parsed.GetValue(json))
                await context.Out.WriteLineAsync($"Nothing was sent. To send: hotdash dlq replay {replay.Text("id")}");
            return ExitCodes.Done;
        });

        return command;
    }
}
