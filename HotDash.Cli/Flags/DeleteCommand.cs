using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Flags;

internal static class DeleteCommand
{
    public static Command Create(CliContext context)
    {
        var (name, reason, json) = (FlagCommands.Name(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var version = new Option<long>("--version") { Description = "The version that you have looked at (flags show); another one is not deleted.", Required = true };
        var command = new Command("delete", "Deletes it with its overrides.") { name, reason, version, json };

        command.SetAction(async (parsed, ct) =>
        {
            var flag = parsed.GetValue(name)!;
            await context.Api.ChangeAsync(
                HttpMethod.Delete, $"{FlagCommands.Path(flag)}?reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}", null, parsed.GetValue(version), ct);

            if (parsed.GetValue(json))
                context.Json(JsonSerializer.SerializeToElement(new { deleted = flag }));
            else
                context.Line($"{flag} is deleted.");
            return ExitCodes.Done;
        });

        return command;
    }
}
