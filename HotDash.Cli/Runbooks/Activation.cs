using System.Runtime.CompilerServices;
using System.Text.Json;
using HotDash.Cli.Flags;
using HotDash.Cli.Registry;
using HotDash.Cli.Rollouts;

namespace HotDash.Cli.Runbooks;

/// <summary>Makes an integration live, and looks at everything that this takes, in the order in which it is worth knowing. docs/runbooks/activation.md</summary>
internal sealed class Activation(CliContext context, string key, string reason)
{
    private readonly ApiClient _api = context.Api;

    /// <summary>Whether something was changed that can be taken back.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Each is made when it is asked for: whoever stops at a cross does nothing of what follows.</summary>
    public async IAsyncEnumerable<Step> StepsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var integration = await IntegrationAsync(ct);
        var flag = integration.GetProperty("flag").Text("name");

        yield return await StoredAsync(flag, ct);
        yield return CredentialsSet(integration);
        yield return await ContractAsync(flag, ct);
        yield return await SwitchOnAsync(flag, ct);
        yield return await LiveEverywhereAsync(flag, ct);
        foreach (var probe in await ProbesAsync(ct))
            yield return probe;
        if (Questions.HasRead(key))
            yield return await AnswersAsync(integration.Text("source"), ct);
        yield return await DryWriteAsync(ct);
    }

    private async Task<JsonElement> IntegrationAsync(CancellationToken ct) =>
        (await _api.GetAsync(IntegrationCommands.Path(key), ct)).GetProperty("integration");

    private async Task<Step> StoredAsync(string flag, CancellationToken ct)
    {
        var answer = await _api.AskAsync(new(HttpMethod.Get, FlagCommands.Path(flag)), ct);
        return Step.Of((int)answer.Status is 200, $"The store is migrated: it has the flag {flag}", $"The store has no flag {flag}", "Run the migrations of this version.");
    }

    private static Step CredentialsSet(JsonElement integration) => integration.GetProperty("missingCredentials").GetArrayLength() is 0
        ? Step.Ok($"The credentials are set: {integration.Texts("credentials")}")
        : Step.Failed($"Not set: {integration.Texts("missingCredentials")}", "Set them for the api and the pollers, and start those again.");

    /// <summary>HotDash runs no tests: whoever does has told how they ended, or nobody has.</summary>
    private async Task<Step> ContractAsync(string flag, CancellationToken ct)
    {
        var checks = (await _api.GetAsync($"{RolloutCommands.Path(flag)}/validate", ct)).GetProperty("checks").EnumerateArray();
        var suite = checks.First(check => check.Text("check") == $"contract suite of {key}");
        var text = $"Contract suite: {suite.Text("detail").TrimEnd('.')}";

        return suite.Text("ok") switch
        {
            "true" => Step.Ok(text),
            "false" => Step.Failed(text, "Mend what it says before a customer finds it."),
            _ => Step.NotAsked(text),
        };
    }

    /// <summary>One that is always real needs no more than that nobody has taken it back.</summary>
    private async Task<Step> SwitchOnAsync(string name, CancellationToken ct)
    {
        var flag = await _api.GetAsync(FlagCommands.Path(name), ct);
        if (flag.Text("killed") is "true")
            flag = await TurnAsync(name, "unkill", new { reason }, ct);
        if (await IsOffForAnyAsync(name, flag, ct))
            flag = await TurnAsync(name, "enable", new { percent = 100, reason }, ct);

        return Step.Ok($"The flag {name} is {(flag.Text("enabled") is "" ? "as the settings say" : FlagText.State(flag))}");
    }

    private async Task<bool> IsOffForAnyAsync(string name, JsonElement flag, CancellationToken ct) => flag.Text("enabled") is ""
        ? (await _api.GetAsync($"{FlagCommands.Path(name)}/evaluate", ct)).Text("on") is "false"
        : flag.Text("enabled") is "false" || flag.GetProperty("effectivePercent").GetDecimal() < 100;

    private Task<JsonElement> TurnAsync(string flag, string verb, object body, CancellationToken ct)
    {
        HasChanged = true;
        return _api.PostAsync($"{FlagCommands.Path(flag)}/{verb}", body, ct);
    }

    private async Task<Step> LiveEverywhereAsync(string flag, CancellationToken ct)
    {
        if (await Settled.WhenAsync(async token => (await IntegrationAsync(token)).GetProperty("flag").Text("on") is "true", context.Clock, ct) is not null)
            return Step.Ok("It is live, and nothing was restarted");

        var steps = (await _api.GetAsync($"{FlagCommands.Path(flag)}/explain", ct)).GetProperty("steps").EnumerateArray();
        return Step.Failed("It is not live", steps.Last().Text("detail"));
    }

    private async Task<IReadOnlyList<Step>> ProbesAsync(CancellationToken ct)
    {
        var report = new CheckReport(await _api.PostAsync($"{IntegrationCommands.Path(key)}/check", null, ct));
        return report.Probes is [] || report.Ok is null
            ? [Step.Failed($"{key} is {report.Status}: {report.Answer.Text("reason")}", report.Answer.TextOrNull("toDo"))]
            : [.. report.Probes.Select(OfProbe)];
    }

    private static Step OfProbe(JsonElement probe) => probe.Text("outcome") switch
    {
        "ok" => Step.Ok(probe.Text("name")),
        "failed" => Step.Failed($"{probe.Text("name")}: {probe.Text("happened")}", probe.TextOrNull("toDo")),
        _ => Step.NotAsked($"{probe.Text("name")}: not asked"),
    };

    private async Task<Step> AnswersAsync(string source, CancellationToken ct)
    {
        var (seen, warning) = ("", (string?)null);
        var settled = await Settled.WhenAsync(
            async token =>
            {
                (seen, warning) = await Questions.SourceAsync(_api, key, token);
                return seen == source;
            },
            context.Clock, ct);

        return Step.Of(settled is not null, $"Answers come from {source}", $"Answers come from {seen}, not from {source}", warning);
    }

    private async Task<Step> DryWriteAsync(CancellationToken ct)
    {
        if (!Questions.TakesPosts(key))
            return Step.NotAsked("A dry write: the provider has none");

        return await Questions.PostAsync(_api, ct) is "invalid_request"
            ? Step.Ok("A post to an account that only the examples have is refused: posts are real")
            : Step.Failed("A post to an account that only the examples have is let in", "Look at GET /api/social/posts, and whether Publer can list accounts.");
    }
}
