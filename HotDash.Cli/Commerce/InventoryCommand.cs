using System.CommandLine;
using System.Globalization;

namespace HotDash.Cli.Commerce;

internal static class InventoryCommand
{
    public static Command Create(CliContext context)
    {
        var location = new Option<string>("--location") { Description = "Shopify's id of the location; its number is enough.", Required = true };
        var set = new Option<string[]>("--set") { Description = "How many there shall be: id of the inventory item=number. May be given several times." };
        var adjust = new Option<string[]>("--adjust") { Description = "How many more, or less: id of the inventory item=number." };
        var name = new Option<string>("--name") { Description = "available (unless given) or on_hand." };
        var (reason, json) = (new Option<string>("--reason") { Description = "One of Shopify's reasons: correction (unless given), cycle_count_available, damaged, received, restock…" }, CommonOptions.Json());
        var command = new Command("inventory", "Asks for a change of stock at one location.") { location, set, adjust, name, reason, json };

        command.SetAction((parsed, ct) => CommerceCommands.AskAsync(
            context, "inventory",
            new
            {
                locationId = CommerceCommands.Gid("Location", parsed.GetValue(location)!),
                name = parsed.GetValue(name),
                reason = parsed.GetValue(reason),
                items = Items("--set", "to", parsed.GetValue(set)).Concat(Items("--adjust", "delta", parsed.GetValue(adjust))),
            },
            parsed.GetValue(json), ct));

        return command;
    }

    private static IEnumerable<Dictionary<string, object>> Items(string option, string field, string[]? items) => (items ?? []).Select(text =>
    {
        var (id, number) = CommerceCommands.Pair(option, text);
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)
            ? new Dictionary<string, object>(StringComparer.Ordinal) { ["inventoryItemId"] = CommerceCommands.Gid("InventoryItem", id), [field] = quantity }
            : throw new CliException(ExitCodes.Refused, $"{option}: '{number}' is no number.");
    });
}
