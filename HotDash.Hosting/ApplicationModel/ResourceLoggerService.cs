using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <param name="LineNumber">Counts from 1 for each instance and goes on over restarts.</param>
/// <param name="Content">The line, with its RFC 3339 timestamp and a blank before it.</param>
/// <param name="IsErrorMessage">The line came from standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>The console logs of every resource instance, kept over restarts in a bounded backlog.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, LogBacklog> _backlogs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    internal ResourceLoggerService(TimeProvider time) => _time = time;

    /// <summary>A logger whose lines appear among the console logs of every instance of the resource.</summary>
    public ILogger GetLogger(IResource resource) => new BacklogLogger([.. resource.GetInstanceIds().Select(BacklogOf)], _time);

    public ILogger GetLogger(string resourceName) => new BacklogLogger([BacklogOf(resourceName)], _time);

    /// <summary>The backlog, then what is written from now on. A reader who falls behind further than the backlog misses lines.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var backlog = BacklogOf(resourceName);
        var last = 0;

        while (true)
        {
            var (lines, changed) = backlog.ReadAfter(last);
            if (lines.Count > 0)
            {
                last = lines[^1].LineNumber;
                yield return lines;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The backlog alone.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask;
        if (BacklogOf(resourceName).ReadAfter(0).Lines is { Count: > 0 } lines)
            yield return lines;
    }

    internal LogBacklog BacklogOf(string resourceId) => _backlogs.GetOrAdd(resourceId, _ => new());
}
