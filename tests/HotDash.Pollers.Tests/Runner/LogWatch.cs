using Microsoft.Extensions.Logging;

namespace HotDash.Pollers.Tests.Runner;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LogWatch : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count(string text)
    {
        lock (_lock)
            return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    public async Task UntilAsync(string text, CancellationToken ct)
    {
        while (true)
        {
            var logged = _logged.Task;
            if (Count(text) > 0)
                return;
            await logged.WaitAsync(ct);
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
            _lines.Add(formatter(state, exception));

        Interlocked.Exchange(ref _logged, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
    }
}
