using System.Collections.Concurrent;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>Many posts from several clients at once, and what must be true of them whatever happens meanwhile.</summary>
internal sealed class Storm(HotDashClient client, SandboxClient sandbox, string account, int posts)
{
    private const int Clients = 8;

    private readonly List<string> _texts = [.. Enumerable.Range(0, posts).Select(i => $"Storm {i} {Guid.NewGuid()}")];
    private readonly ConcurrentDictionary<string, string> _jobs = new(StringComparer.Ordinal);

    /// <summary>Sends, strikes in the middle of it, and waits until every post has ended.</summary>
    public async Task RideOutAsync(Func<Task> strike)
    {
        var sending = Parallel.ForEachAsync(
            _texts,
            new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = TestContext.Current.CancellationToken },
            async (text, _) => _jobs[text] = await client.PostAsync(text, account));

        await InTheMiddleAsync();
        await strike();
        await sending;
        await AllCompleteAsync();
    }

    public async Task EachIsPublishedExactlyOnceAsync()
    {
        var published = await sandbox.PublishedAsync();

        Assert.Empty(_texts.Where(text => published.GetValueOrDefault(text) != 1).Select(text => $"{published.GetValueOrDefault(text)} × {text}"));
    }

    private Task InTheMiddleAsync() => Eventually.TrueAsync("some posts to be accepted and some delivered", async _ =>
        _jobs.Count >= posts / 4 && (await sandbox.PublishedAsync()).Keys.Any(_jobs.ContainsKey));

    /// <summary>One after the other: the proxy would not let a client ask about all of them all the time.</summary>
    private async Task AllCompleteAsync()
    {
        foreach (var (text, jobId) in _jobs)
        {
            var status = await client.EndOfAsync(jobId);
            Assert.True((string?)status["status"] == "complete", $"'{text}' ended as {status.ToJsonString()}");
        }
    }
}
