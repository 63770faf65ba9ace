using System.CommandLine;

namespace HotDash.Cli.Support;

/// <summary><c>hotdash support labels</c>.</summary>
internal static class LabelCommands
{
    private const string Path = "/api/support/labels";

    public static Command Create(CliContext context) => new("labels", "What the labels of Chatwoot mean here.") { List(context), Map(context), Unmap(context) };

    private static Command List(CliContext context) => PageCommand.CreateWhole(
        context, "Lists the labels that stand for a category. Of several for one, the first is given.", Path, "labels",
        ("label", row => row.Text("label")), ("category", row => row.Text("category")));

    private static Command Map(CliContext context)
    {
        var (label, category) = (Label(), new Argument<string>("category") { Description = "What it means here." });
        var command = new Command("map", "Says which category a label stands for.") { label, category };
        command.SetAction(async (parsed, ct) =>
        {
            var mapped = await context.Api.ChangeAsync(HttpMethod.Put, Of(parsed.GetValue(label)!), new { category = parsed.GetValue(category) }, version: null, ct);
            context.Line($"{mapped.Text("label")} stands for {mapped.Text("category")}.");
            return ExitCodes.Done;
        });

        return command;
    }

    private static Command Unmap(CliContext context)
    {
        var label = Label();
        var command = new Command("unmap", "Has a label stand for nothing.") { label };
        command.SetAction(async (parsed, ct) =>
        {
            await context.Api.ChangeAsync(HttpMethod.Delete, Of(parsed.GetValue(label)!), body: null, version: null, ct);
            context.Line($"{parsed.GetValue(label)} stands for nothing.");
            return ExitCodes.Done;
        });

        return command;
    }

    private static Argument<string> Label() => new("label") { Description = "As it is called in Chatwoot." };

    private static string Of(string label) => $"{Path}/{Uri.EscapeDataString(label)}";
}
