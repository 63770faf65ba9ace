using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Commerce;

/// <summary><c>hotdash commerce</c>.</summary>
internal static class CommerceCommands
{
    public static Command Create(CliContext context) => new("commerce", "Changes of the shop, which people approve (hotdash approvals) before they are made.")
    {
        InventoryCommand.Create(context),
        PricesCommand.Create(context),
        MetafieldsCommand.Create(context),
        ShowChangeCommand.Create(context),
    };

    /// <summary>A number alone is the end of Shopify's id.</summary>
    public static string Gid(string type, string id) => id.All(char.IsAsciiDigit) ? $"gid://shopify/{type}/{id}" : id;

    /// <summary>An item as it stands on the command line: <c>1234=8</c>.</summary>
    public static (string Id, string Value) Pair(string option, string text) => text.LastIndexOf('=') is > 0 and var at
        ? (text[..at], text[(at + 1)..])
        : throw new CliException(ExitCodes.Refused, $"{option} takes id=value, such as 1234=8, not '{text}'.");

    public static async Task<int> AskAsync(CliContext context, string path, object body, bool json, CancellationToken ct)
    {
        var approval = await context.Api.PostAsync($"/api/commerce/{path}/changes", body, ct);
        if (json)
            context.Json(approval);
        else
            context.Line($"{approval.Text("id")} waits for {approval.Text("required")} to approve it, until {approval.Time("expiresAt")}: hotdash commerce show {approval.Text("id")}");

        return ExitCodes.Done;
    }

    public static string Rows(JsonElement row) => row.TextOrNull("label") ?? row.TextOrNull("id") ?? row.TextOrNull("inventoryItemId") ?? row.TextOrNull("variantId")
        ?? $"{row.Text("namespace")}.{row.Text("key")}";
}
