using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Backchannel;

/// <summary>Console logs as <c>aspire logs</c> asks for them: of one resource or of all, filtered, and followed if wanted.</summary>
internal sealed class ConsoleLogs(ResourceDirectory directory, ResourceLoggerService logs)
{
    internal sealed record Request(string? ResourceName, bool Follow, string? Search, int? Tail, bool IncludeHidden);

    internal sealed record Line(string ResourceName, int LineNumber, string Content, bool IsError);

    internal sealed record Batch(IReadOnlyList<Line> Lines);

    public async IAsyncEnumerable<object> ReadAsync(Request request, [EnumeratorCancellation] CancellationToken ct)
    {
        var instances = InstancesOf(request);
        var backlog = await BacklogAsync(instances, ct);
        var shown = backlog.Where(line => Matches(line, request)).ToArray();
        yield return new Batch(shown[Math.Max(0, shown.Length - (request.Tail ?? shown.Length))..]);

        if (!request.Follow)
            yield break;

        var read = backlog.GroupBy(line => line.ResourceName, StringComparer.Ordinal)
            .ToDictionary(lines => lines.Key, lines => lines.Max(line => line.LineNumber), StringComparer.Ordinal);
        await foreach (var lines in FollowAsync(instances, read, ct))
        {
            if (lines.Where(line => Matches(line, request)).ToArray() is { Length: > 0 } matching)
                yield return new Batch(matching);
        }
    }

    private string[] InstancesOf(Request request) => request.ResourceName is { Length: > 0 } name
        ? [.. directory.Find(name).Select(e => e.ResourceId)]
        : [.. directory.All().Where(e => request.IncludeHidden || !e.Snapshot.IsHidden).Select(e => e.ResourceId)];

    /// <summary>Lines begin with their time, so their order is the order of what happened.</summary>
    private async Task<List<Line>> BacklogAsync(string[] instances, CancellationToken ct)
    {
        var all = new List<Line>();
        foreach (var id in instances)
        {
            await foreach (var lines in logs.GetAllAsync(id).WithCancellation(ct))
                all.AddRange(lines.Select(line => LineOf(id, line)));
        }

        return [.. all.OrderBy(line => line.Content.Split(' ')[0], StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<Line[]> FollowAsync(
        string[] instances, Dictionary<string, int> read, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var merged = Channel.CreateBounded<Line[]>(1);
        var readers = Task.WhenAll(instances.Select(id => CopyAsync(id, read.GetValueOrDefault(id), merged.Writer, stop.Token)));
        try
        {
            await foreach (var lines in merged.Reader.ReadAllAsync(ct))
                yield return lines;
        }
        finally
        {
            await stop.CancelAsync();
            await readers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CopyAsync(string id, int read, ChannelWriter<Line[]> merged, CancellationToken ct)
    {
        await foreach (var lines in logs.WatchAsync(id, ct))
        {
            if (lines.Where(line => line.LineNumber > read).ToArray() is { Length: > 0 } unread)
                await merged.WriteAsync([.. unread.Select(line => LineOf(id, line))], ct);
        }
    }

    private static Line LineOf(string id, LogLine line) => new(id, line.LineNumber, line.Content, line.IsErrorMessage);

    private static bool Matches(Line line, Request request) =>
        string.IsNullOrEmpty(request.Search) || line.Content.Contains(request.Search, StringComparison.OrdinalIgnoreCase);
}
