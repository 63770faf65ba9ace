using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HotDash.TestKit;

/// <summary>Keeps every log line with its fields, scopes and exception: what a log store would get to see, secrets included.</summary>
public sealed class LogSink : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>All lines as one text.</summary>
    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogSink sink, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => sink._scopes.Push(state);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            sink._scopes.ForEachScope((scope, list) => list.Add(Describe(scope)), scopes);

            sink._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {Describe(state)} [{string.Join(' ', scopes)}] {exception}");
        }

        private static string Describe(object? state) => state is IEnumerable<KeyValuePair<string, object?>> fields
            ? string.Join(' ', fields.Where(field => field.Key != "{OriginalFormat}").Select(field => $"{field.Key}={field.Value}"))
            : $"{state}";
    }
}
