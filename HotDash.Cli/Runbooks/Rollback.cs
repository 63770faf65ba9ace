using System.Globalization;
using System.Text.Json;
using HotDash.Cli.Flags;
using HotDash.Cli.Registry;

namespace HotDash.Cli.Runbooks;

/// <summary>Takes integrations back from their providers: kill switches first, all of them, then the proof. docs/runbooks/rollback.md</summary>
internal sealed class Rollback(CliContext context, string reason)
{
    private readonly ApiClient _api = context.Api;

    /// <summary>A flag that switches several integrations is killed once. What cannot be killed does not keep the others from it.</summary>
    public async Task<IReadOnlyList<Step>> KillAsync(IEnumerable<JsonElement> integrations, CancellationToken ct)
    {
        var steps = new List<Step>();
        foreach (var flag in integrations.Select(FlagOf).Distinct(StringComparer.Ordinal))
        {
            try
            {
                var killed = await _api.PostAsync($"{FlagCommands.Path(flag)}/kill", new { reason }, ct);
                steps.Add(Step.Ok($"{flag} is killed, by {killed.Text("changedBy")}: version {killed.Text("version")}"));
            }
            catch (CliException e)
            {
                steps.Add(Step.Failed($"{flag} is not killed: {e.Message.TrimEnd('.')}", "Stop the api and the pollers, or take its credentials away."));
            }
        }

        return steps;
    }

    /// <summary>Asks until nothing answers from the provider any more.</summary>
    public async Task<Step> ProveAsync(JsonElement integration, CancellationToken ct)
    {
        var key = integration.Text("key");
        var proof = ProofOf(integration);
        var seen = "";
        var settled = await Settled.WhenAsync(async token => (seen = await SeenAsync(key, token)) == proof, context.Clock, ct);
        if (settled is not { } after)
            return Step.Failed($"{key} still answers {seen}, not {proof}", $"Ask hotdash flags explain {FlagOf(integration)}, and look whether every process of the api runs.");
        if (!Questions.TakesPosts(key))
            return Step.Ok($"{key} answers {proof}, after {Seconds(after)}");

        var post = await Questions.PostAsync(_api, ct);
        return Step.Of(post.StartsWith("mock-job-", StringComparison.Ordinal), $"{key} answers {proof}, after {Seconds(after)}; a post is {post}", $"A post is {post}, not mock-job-…");
    }

    /// <summary>What there is no mock for is refused; what has no read says it by its status.</summary>
    private static string ProofOf(JsonElement integration) =>
        !Questions.HasRead(integration.Text("key")) ? "DISABLED" : integration.GetProperty("flag").GetProperty("variables").GetArrayLength() is 0 ? "integration_disabled" : "mock";

    private async Task<string> SeenAsync(string key, CancellationToken ct) => Questions.HasRead(key)
        ? (await Questions.SourceAsync(_api, key, ct)).Source
        : (await _api.GetAsync(IntegrationCommands.Path(key), ct)).GetProperty("integration").Text("status");

    private static string FlagOf(JsonElement integration) => integration.GetProperty("flag").Text("name");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
