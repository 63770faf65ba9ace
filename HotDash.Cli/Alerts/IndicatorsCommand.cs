using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace HotDash.Cli.Alerts;

/// <summary><c>hotdash indicators</c>.</summary>
internal static class IndicatorsCommand
{
    public static Command Create(CliContext context)
    {
        Option<string>[] times =
        [
            new("--from") { Description = "What happened at this time or later, such as 2026-11-21T12:00:00Z; the last minutes unless given." },
            new("--to") { Description = "What happened before this time; now unless given." },
        ];
        var json = CommonOptions.Json();
        var command = new Command("indicators", "How well things go; the exit code is 1 when one is bad.") { json };
        Array.ForEach(times, command.Options.Add);

        command.SetAction(async (parsed, ct) =>
        {
            var query = times.Where(option => parsed.GetValue(option) is not null).Select(option => $"{option.Name[2..]}={Uri.EscapeDataString(parsed.GetValue(option)!)}");
            var answer = await context.Api.GetAsync($"/api/indicators?{string.Join('&', query)}", ct);
            var rows = Rows(answer).ToList();

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                Print(context, answer, rows);
            return rows.Exists(row => row.Value.Text("standing") is "bad") ? ExitCodes.Partly : ExitCodes.Done;
        });

        return command;
    }

    private static IEnumerable<(JsonElement Indicator, JsonElement Value)> Rows(JsonElement answer) =>
        from indicator in answer.GetProperty("indicators").EnumerateArray()
        where IsMeasured(indicator)
        from value in indicator.GetProperty("values").EnumerateArray()
        select (indicator, value);

    private static bool IsMeasured(JsonElement indicator) => indicator.GetProperty("values").ValueKind is JsonValueKind.Array;

    private static void Print(CliContext context, JsonElement answer, List<(JsonElement Indicator, JsonElement Value)> rows)
    {
        foreach (var indicator in answer.GetProperty("indicators").EnumerateArray().Where(indicator => !IsMeasured(indicator)))
            context.Line($"❌ {indicator.Text("name")}: it could not be measured; the log of the api says why");
        foreach (var (indicator, value) in rows)
            context.Line($"{Mark(value)} {value.Text("subject")}: {Number(indicator, value.GetProperty("value"))} {indicator.Text("what")} (of {value.Text("sample")}; the limit is {Number(indicator, indicator.GetProperty("alert"))})");
        if (rows is [])
            context.Line("There is nothing to measure in this time.");
    }

    private static string Mark(JsonElement value) => value.Text("standing") switch { "well" => "✅", "bad" => "❌", _ => "➖" };

    private static string Number(JsonElement indicator, JsonElement number) => indicator.Text("unit") is "share"
        ? string.Create(CultureInfo.InvariantCulture, $"{number.GetDouble() * 100:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"{number.GetDouble():0.##}{(indicator.Text("unit") is "seconds" ? " s" : "")}");
}
