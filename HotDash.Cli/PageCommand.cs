using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli;

/// <summary><c>list</c>: a page of something, and how to see the next.</summary>
internal static class PageCommand
{
    /// <param name="context">What it uses of the outside.</param>
    /// <param name="about">What it does, for its help.</param>
    /// <param name="path">Of the api.</param>
    /// <param name="items">The rows' name in the answer and in the help.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="columns">A heading, and what is made of the row.</param>
    public static Command Create(
        CliContext context, string about, string path, string items, FilterOptions filter, params (string Heading, Func<JsonElement, string> Cell)[] columns)
    {
        var json = CommonOptions.Json();
        var limit = new Option<int>("--limit") { Description = $"1 to 100 {items}.", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string>("--cursor") { Description = "Where the page before ended." };
        var command = new Command("list", about) { limit, cursor, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Query(parsed, ("limit", $"{parsed.GetValue(limit)}"), ("cursor", parsed.GetValue(cursor)));
            var page = await context.Api.GetAsync($"{path}?{query}", ct);

            return context.Page(page, parsed.GetValue(json), items, columns);
        });

        return command;
    }

    /// <summary>Of something that comes as a whole, and of which all is listed.</summary>
    /// <inheritdoc cref="Create"/>
    public static Command CreateWhole(
        CliContext context, string about, string path, string items, params (string Heading, Func<JsonElement, string> Cell)[] columns)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", about) { json };
        command.SetAction(async (parsed, ct) => context.Page(await context.Api.GetAsync(path, ct), parsed.GetValue(json), items, columns));

        return command;
    }

    private static int Page(
        this CliContext context, JsonElement page, bool asJson, string items, params (string Heading, Func<JsonElement, string> Cell)[] columns)
    {
        if (asJson)
        {
            context.Json(page);
            return ExitCodes.Done;
        }

        context.Table(page.GetProperty(items).EnumerateArray(), columns);
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");

        return ExitCodes.Done;
    }
}
