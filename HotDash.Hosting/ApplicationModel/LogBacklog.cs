using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one instance.</summary>
internal sealed class LogBacklog(int capacity = 10_000)
{
    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _lastNumber;

    public void Add(string content, bool isError)
    {
        lock (_gate)
        {
            _lines.Enqueue(new(++_lastNumber, content, isError));
            if (_lines.Count > capacity)
                _lines.Dequeue();

            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    /// <returns>The lines after that number, and a task that completes at the next one.</returns>
    public (IReadOnlyList<LogLine> Lines, Task Changed) ReadAfter(int lineNumber)
    {
        lock (_gate)
        {
            return ([.. _lines.Skip(_lines.Count - Math.Min(_lines.Count, _lastNumber - lineNumber))], _changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class BacklogLogger(IReadOnlyList<LogBacklog> backlogs, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.Message}";

        foreach (var backlog in backlogs)
            backlog.Add($"{now} {line}", isError: logLevel >= LogLevel.Error);
    }
}
