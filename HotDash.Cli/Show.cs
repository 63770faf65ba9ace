using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HotDash.Cli;

/// <summary>Answers of the api as text and tables. What comes from outside is shown as it is, never as markup.</summary>
internal static class Show
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(this CliContext context, JsonElement answer) => context.Out.WriteLine(JsonSerializer.Serialize(answer, Indented));

    public static void Line(this CliContext context, string text) => context.Out.WriteLine(Plain(text));

    /// <summary>A table with a row per element; a column is a heading and the member, or what is made of the row.</summary>
    public static void Table(this CliContext context, IEnumerable<JsonElement> rows, params (string Heading, Func<JsonElement, string> Cell)[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (heading, _) in columns)
            table.AddColumn(new TableColumn(new Text(heading)));
        foreach (var row in rows)
            table.AddRow(columns.Select(column => (IRenderable)new Text(Plain(column.Cell(row)))));

        context.Console.Write(table);
    }

    /// <summary>Names and values below each other; what is null or empty is left out.</summary>
    public static void Fields(this CliContext context, params (string Name, string? Value)[] fields)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in fields.Where(field => field.Value is not (null or "")))
            grid.AddRow(new Text(name), new Text(Plain(value!)));

        context.Console.Write(grid);
    }

    public static string Text(this JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    }
    : "";

    public static string? TextOrNull(this JsonElement row, string name) => row.Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>The texts of a list.</summary>
    public static string Texts(this JsonElement row, string list, string between = ", ") => string.Join(between, row.GetProperty(list).EnumerateArray().Select(text => text.GetString()));

    public static int Number(this JsonElement row, string name) => row.GetProperty(name).GetInt32();

    /// <summary>In the time of whoever reads it.</summary>
    public static string Time(this JsonElement row, string name) => row.TextOrNull(name) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "";

    /// <summary>A terminal obeys control characters.</summary>
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter is not '\n' ? ' ' : letter));
}
