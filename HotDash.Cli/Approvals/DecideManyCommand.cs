using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

/// <summary>Without a digest it says what there is to be decided; with it, it decides exactly about that.</summary>
internal static class DecideManyCommand
{
    public static Command Create(CliContext context)
    {
        var filter = ApprovalFilters.Pending();
        var (reject, json) = (new Option<bool>("--reject") { Description = "Rejects them; else they are approved." }, CommonOptions.Json());
        var count = new Option<int>("--count") { Description = "How many you saw." };
        var digest = new Option<string>("--digest") { Description = "Of what you saw; without it, it is printed and nothing decided." };
        var reason = CommonOptions.Reason(required: false);
        var command = new Command("decide", "Decides about all that a filter chooses and that you have seen.") { reject, count, digest, reason, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(digest) is not { } seen)
                return Say(context, await context.Api.GetAsync($"/api/approvals/selection?{filter.Query(parsed)}", ct), parsed.GetValue(json));

            var body = new
            {
                filter = filter.Read(parsed),
                decision = parsed.GetValue(reject) ? "reject" : "approve",
                count = parsed.GetValue(count),
                digest = seen,
                reason = parsed.GetValue(reason),
            };
            return Tell(context, await context.Api.PostAsync("/api/approvals/decide", body, ct), parsed.GetValue(json));
        });

        return command;
    }

    private static int Say(CliContext context, JsonElement selection, bool json)
    {
        if (json)
            context.Json(selection);
        else
            context.Line($"{selection.Text("count")} wait for a decision. To decide about exactly these: --count {selection.Text("count")} --digest {selection.Text("digest")}");
        return ExitCodes.Done;
    }

    private static int Tell(CliContext context, JsonElement result, bool json)
    {
        var refused = result.GetProperty("refused").EnumerateArray().ToList();
        if (json)
            context.Json(result);
        else
            context.Line(string.Join('\n', refused.Select(row => $"{row.Text("id")}: {row.Text("reason")}").Prepend($"{result.Text("decided")} decided, {refused.Count} not")));
        return refused is [] ? ExitCodes.Done : ExitCodes.Partly;
    }
}
