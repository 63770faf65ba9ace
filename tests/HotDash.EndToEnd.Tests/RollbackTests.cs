using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

/// <summary>What an operator does in an emergency and after it, and what those are told who watch: through the proxy, behind which the api runs twice.</summary>
[Collection(WithSandbox.Name)]
public sealed class RollbackTests(HotDashWithSandbox fixture)
{
    private const int Flags = 8;
    private static readonly string[] Activated = ["all", "plausible", "google-calendar", "chatwoot", "shopify", "alert-webhook"];

    private readonly RunningHotDash _hotDash = fixture.HotDash;

    [Fact]
    public async Task Everything_is_taken_back_and_made_live_again_and_each_reader_of_the_stream_is_told_of_it_once()
    {
        using var watching = await OpenAsync(after: null);

        var rollback = await _hotDash.OperateAsync("rollback", "--all", "--reason", "a drill");
        foreach (var integration in Activated)
            await _hotDash.OperateAsync("activate", integration, "--reason", "it is over");
        var told = await ReadAsync(watching, 2 * Flags);
        var resumed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ResumeAsync(told[0].Id, (2 * Flags) - 1)));

        Assert.Contains("a post is mock-job-", rollback, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Repeat("kill", Flags), .. Enumerable.Repeat("unkill", Flags)], told.Select(change => change.Action));
        Assert.All(resumed, again => Assert.Equal(told.Skip(1), again));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<HttpResponseMessage> OpenAsync(string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stream");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var answer = await _hotDash.Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);

        return answer.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<Change>> ResumeAsync(string after, int count)
    {
        using var stream = await OpenAsync(after);
        return await ReadAsync(stream, count);
    }

    private static async Task<IReadOnlyList<Change>> ReadAsync(HttpResponseMessage stream, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var changes = new List<Change>();
        await foreach (var told in SseParser.Create(await stream.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(patience.Token))
        {
            var entry = JsonNode.Parse(told.Data)!;
            if ((string?)entry["kind"] is "flag")
                changes.Add(new(told.EventId!, (string)entry["action"]!, (string)entry["objectId"]!));
            if (changes.Count == count)
                break;
        }

        return changes;
    }

    private sealed record Change(string Id, string Action, string Flag);
}
