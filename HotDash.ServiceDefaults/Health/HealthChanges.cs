using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HotDash.ServiceDefaults.Health;

/// <summary>Logs each change of a check once, in place of the framework's line for every failed probe: probes come every second.</summary>
internal sealed partial class HealthChanges(ILogger<HealthChanges> log)
{
    private readonly ConcurrentDictionary<string, HealthStatus> _last = new(StringComparer.Ordinal);

    public void Note(HealthReport report)
    {
        foreach (var (check, now) in report.Entries)
        {
            var before = _last.GetValueOrDefault(check, HealthStatus.Healthy);
            if (now.Status == before || !Replace(check, before, now.Status))
                continue;

            if (now.Status == HealthStatus.Healthy)
                Recovered(check);
            else
                Worsened(check, now.Status, now.Exception?.GetType().Name ?? now.Description); // an exception's words may hold anything
        }
    }

    /// <summary>False when another probe has noted it meanwhile.</summary>
    private bool Replace(string check, HealthStatus before, HealthStatus now) =>
        _last.TryAdd(check, now) || _last.TryUpdate(check, now, before);

    [LoggerMessage(Level = LogLevel.Information, Message = "Health check {Check} is well again.")]
    private partial void Recovered(string check);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Health check {Check} is {Status}: {Why}")]
    private partial void Worsened(string check, HealthStatus status, string? why);
}
