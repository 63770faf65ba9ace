using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class SettleCommand
{
    public static Command Create(CliContext context)
    {
        var (id, json, reason) = (DeadLetterCommands.Id("letter"), CommonOptions.Json(), CommonOptions.Reason(required: true));
        var happened = new Option<bool?>("--happened") { Description = "true: it had its effect. false: it had none, and may be sent again.", Required = true };
        var command = new Command("settle", "Says what you found at the provider, of a letter whose outcome is unknown.") { id, happened, reason, json };

        command.SetAction(async (parsed, ct) =>
        {
            await context.Api.PostAsync($"/api/dead-letters/{parsed.GetValue(id)}/settle", new { happened = parsed.GetValue(happened), reason = parsed.GetValue(reason) }, ct);
            var answer = await context.Api.GetAsync($"/api/dead-letters/{parsed.GetValue(id)}", ct);

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                await context.Out.WriteLineAsync($"It is {answer.GetProperty("letter").Text("state")} now.");
            return ExitCodes.Done;
        });

        return command;
    }
}
