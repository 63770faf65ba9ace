using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Commerce;

internal static class MetafieldsCommand
{
    public static Command Create(CliContext context)
    {
        var owner = new Option<string>("--owner") { Description = "Shopify's id of the product or variant, such as gid://shopify/Product/1234.", Required = true };
        var file = new Option<FileInfo>("--file") { Description = """What to set, as JSON: [{"namespace": "shop", "key": "colour", "type": "single_line_text_field", "value": "red"}].""", Required = true };
        var json = CommonOptions.Json();
        var command = new Command("metafields", "Asks for metafields of a product or a variant.") { owner, file, json };

        command.SetAction(async (parsed, ct) => await CommerceCommands.AskAsync(
            context, "metafields", new { ownerId = parsed.GetValue(owner), items = await ReadAsync(parsed.GetValue(file)!, ct) }, parsed.GetValue(json), ct));

        return command;
    }

    private static async Task<JsonElement> ReadAsync(FileInfo file, CancellationToken ct)
    {
        try
        {
            using var items = JsonDocument.Parse(await File.ReadAllBytesAsync(file.FullName, ct));
            return items.RootElement.Clone();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CliException(ExitCodes.Refused, $"--file cannot be read: {e.Message}");
        }
    }
}
