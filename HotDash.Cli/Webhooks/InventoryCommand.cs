using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Webhooks;

internal static class InventoryCommand
{
    public static Command Create(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("inventory", "Shows what providers shall tell us, and whether they do. Exit code 1 when a topic is missing or silent for longer than usual.") { json };

        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.GetAsync("/api/webhooks/inventory", ct);
            var sources = answer.GetProperty("sources").EnumerateArray().ToList();
            if (parsed.GetValue(json))
                context.Json(answer);
            else
                sources.ForEach(source => Print(context, source));

            return sources.Exists(source => Topics(source).Any(topic => Standing(topic) is Missing or Silent)) ? ExitCodes.Partly : ExitCodes.Done;
        });

        return command;
    }

    private const string Missing = "missing";
    private const string Silent = "silent";

    private static void Print(CliContext context, JsonElement source)
    {
        context.Fields(
            ("source", source.Text("source")),
            ("address", source.TextOrNull("address") ?? "(Webhooks:PublicAddress is not set: nobody is subscribed by HotDash)"),
            ("lets in", source.GetProperty("receives").GetBoolean() ? "what is signed" : "nobody: it has no secret"),
            ("asked", source.TextOrNull("checkedAt") is null ? "never" : source.Time("checkedAt")),
            ("missed since", source.TextOrNull("missedSince") is null ? null : source.Time("missedSince")));
        context.Table(Topics(source),
            ("topic", topic => topic.Text("topic")),
            ("standing", Standing),
            ("last delivery", topic => topic.Time("lastDelivery")),
            ("silent for", topic => Duration(topic, "silentSeconds")),
            ("usual gap", topic => Duration(topic, "usualGapSeconds")));
    }

    private static JsonElement.ArrayEnumerator Topics(JsonElement source) => source.GetProperty("topics").EnumerateArray();

    private static string Standing(JsonElement topic) => (topic.GetProperty("subscribed").ValueKind, topic.GetProperty("silentTooLong").GetBoolean()) switch
    {
        _ when !topic.GetProperty("needed").GetBoolean() => "not needed",
        (JsonValueKind.False, _) => Missing,
        (_, true) => Silent,
        (JsonValueKind.Null, _) => "unknown",
        _ => "ok",
    };

    private static string Duration(JsonElement topic, string name) =>
        topic.TextOrNull(name) is { } seconds ? $"{TimeSpan.FromSeconds(long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)):c}" : "";
}
