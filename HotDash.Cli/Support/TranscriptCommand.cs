using System.CommandLine;

namespace HotDash.Cli.Support;

internal static class TranscriptCommand
{
    public static Command Create(CliContext context)
    {
        var conversation = SupportCommands.Conversation();
        var json = CommonOptions.Json();
        var command = new Command("transcript", "Prints what was said, as Markdown: e-mail addresses, phone numbers and card numbers are redacted.") { conversation, json };

        command.SetAction(async (parsed, ct) =>
        {
            var path = SupportCommands.Path(parsed.GetValue(conversation), "transcript");
            if (parsed.GetValue(json))
                context.Json(await context.Api.GetAsync($"{path}?format=json", ct));
            else
                context.Line(await context.Api.GetTextAsync($"{path}?format=md", ct));

            return ExitCodes.Done;
        });

        return command;
    }
}
