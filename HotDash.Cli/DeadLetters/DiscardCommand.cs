using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class DiscardCommand
{
    public static Command Create(CliContext context)
    {
        var (selection, json, reason) = (new Selection(), CommonOptions.Json(), CommonOptions.Reason(required: true));
        var command = new Command("discard", "Decides that letters shall not be sent.") { reason, json };
        selection.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var body = selection.Body(parsed);
            body["reason"] = parsed.GetValue(reason);
            var answer = await context.Api.PostAsync("/api/dead-letters/discard", body, ct);

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                await context.Out.WriteLineAsync($"Discarded: {answer.Text("discarded")}.");
            return ExitCodes.Done;
        });

        return command;
    }
}
