using System.CommandLine;
using System.Text.Json;
using HotDash.Cli.DeadLetters;

namespace HotDash.Cli.Webhooks;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        Option<string>[] filter =
        [
            new("--source") { Description = "chatwoot, shopify, or the name of a configured sender." },
            new("--topic") { Description = "Such as message_created or orders/updated." },
            new("--resource") { Description = "What it is about, such as conversation/7." },
            new("--state") { Description = "pending, done, ignored or poison." },
            new("--from") { Description = "Received at this time or later, such as 2026-11-20T00:00:00Z." },
            new("--to") { Description = "Received before this time." },
            new("--text") { Description = "A part of the topic, the resource, the delivery's id or the error." },
            new("--cursor") { Description = "Where the page before ended." },
        ];
        var limit = new Option<int>("--limit") { Description = "1 to 100 events.", DefaultValueFactory = _ => 50 };
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists events, newest first.") { limit, json };
        foreach (var option in filter)
            command.Add(option);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Where(option => parsed.GetValue(option) is not null)
                .ToDictionary(option => option.Name[2..], option => parsed.GetValue(option)!, StringComparer.Ordinal);
            query["limit"] = $"{parsed.GetValue(limit)}";
            var page = await context.Api.GetAsync($"/api/webhooks?{FilterOptions.Query(query)}", ct);

            if (parsed.GetValue(json))
                context.Json(page);
            else
                Print(context, page);
            return ExitCodes.Done;
        });

        return command;
    }

    private static void Print(CliContext context, JsonElement page)
    {
        context.Table(page.GetProperty("events").EnumerateArray(),
            ("id", row => row.Text("id")),
            ("received", row => row.Time("receivedAt")),
            ("state", row => row.Text("state")),
            ("source", row => row.Text("source")),
            ("topic", row => row.Text("topic")),
            ("resource", row => row.Text("resource")),
            ("error", row => row.Text("error")));
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");
    }
}
