using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Support;

/// <summary><c>hotdash support categories</c>: shows those of a conversation, or sets them.</summary>
internal static class CategoriesCommand
{
    public static Command Create(CliContext context)
    {
        var conversation = SupportCommands.Conversation();
        var set = new Option<string[]>("--set") { Description = "Gives it exactly these categories; Chatwoot gets their labels.", AllowMultipleArgumentsPerToken = true };
        var none = new Option<bool>("--none") { Description = "Takes all categories away." };
        var json = CommonOptions.Json();
        var command = new Command("categories", "Shows the categories of a conversation, or sets them.") { conversation, set, none, json };

        command.SetAction(async (parsed, ct) =>
        {
            var path = SupportCommands.Path(parsed.GetValue(conversation), "categories");
            var answer = parsed.GetValue(set) is { Length: > 0 } || parsed.GetValue(none)
                ? await context.Api.ChangeAsync(HttpMethod.Put, path, new { categories = parsed.GetValue(set) ?? [] }, version: null, ct)
                : await context.Api.GetAsync(path, ct);
            Print(context, answer, parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }

    private static void Print(CliContext context, JsonElement answer, bool json)
    {
        if (json)
            context.Json(answer);
        else
            context.Fields(
                ("categories", answer.Texts("categories")),
                ("labels", answer.Texts("labels")),
                ("chatwoot", answer.TextOrNull("failure") is { } failure ? $"refused them ({failure})" : answer.Text("waits") is "true" ? "gets them soon" : null));
    }
}
