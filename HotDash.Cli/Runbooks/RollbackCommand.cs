using System.CommandLine;
using System.Text.Json;
using HotDash.Cli.Registry;

namespace HotDash.Cli.Runbooks;

/// <summary><c>hotdash rollback</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliContext context)
    {
        var which = new Argument<string?>("integration") { Description = "Key of the integration, such as publer.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Every integration, also those that are always real." };
        var (reason, json) = (CommonOptions.Reason(required: true), CommonOptions.Json());
        var command = new Command("rollback", "Takes an integration back from its provider at once, whatever flags and environment say, and proves it.") { which, all, reason, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(which) is { Tokens.Count: > 0 } == result.GetValue(all))
                result.AddError("Name an integration, or say --all.");
        });

        command.SetAction(async (parsed, ct) =>
        {
            var integrations = await FindAsync(context.Api, parsed.GetValue(which), ct);
            var steps = new StepList(context, parsed.GetValue(json));
            var rollback = new Rollback(context, parsed.GetValue(reason)!);

            foreach (var step in await rollback.KillAsync(integrations, ct))
                steps.Add(null, step);
            foreach (var integration in integrations)
                steps.Add(null, await rollback.ProveAsync(integration, ct));

            return steps.End("To go live again", [.. integrations.Select(integration => $"hotdash activate {integration.Text("key")} --reason \"…\"")]);
        });

        return command;
    }

    /// <summary>With a flag go all the integrations that it switches.</summary>
    private static async Task<IReadOnlyList<JsonElement>> FindAsync(ApiClient api, string? key, CancellationToken ct)
    {
        if (key is not null)
            await api.GetAsync(IntegrationCommands.Path(key), ct); // says it if there is none

        List<JsonElement> all = [.. (await api.GetAsync("/api/integrations", ct)).GetProperty("integrations").EnumerateArray()];
        var flags = all.Where(integration => key is null || integration.Text("key") == key).Select(FlagOf).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(integration => flags.Contains(FlagOf(integration)))];
    }

    private static string FlagOf(JsonElement integration) => integration.GetProperty("flag").Text("name");
}
