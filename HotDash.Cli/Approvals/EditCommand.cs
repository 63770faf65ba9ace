using System.CommandLine;

namespace HotDash.Cli.Approvals;

internal static class EditCommand
{
    public static Command Create(CliContext context)
    {
        var (id, hash, json) = (ApprovalCommands.Id(), ApprovalCommands.Hash(), CommonOptions.Json());
        var file = new Option<FileInfo>("--file") { Description = "The new words; on a command line others could read them.", Required = true };
        var command = new Command("edit", "Puts other words in its place; somebody else has to approve them.") { id, hash, file, json };

        command.SetAction(async (parsed, ct) =>
        {
            var content = await ReadAsync(parsed.GetValue(file)!, ct);
            ApprovalCommands.Print(
                context, await context.Api.PostAsync($"{ApprovalCommands.Path(parsed.GetValue(id))}/edit", new { hash = parsed.GetValue(hash), content }, ct), parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Refused, $"--file cannot be read: {e.Message}");
        }
    }
}
