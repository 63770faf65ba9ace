using HotDash.Benchmarks.Processes;

namespace HotDash.Benchmarks.Chaos;

/// <summary>What goes wrong: all the time, and while the providers are down.</summary>
internal sealed class Weather(SandboxProcess sandbox)
{
    /// <summary>Longer than a call waits, so that the effect comes when nobody listens any more.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromSeconds(6);

    private static readonly (string Name, object Rule)[] Rough =
    [
        ("reset connections", new { provider = "*", kind = "reset", rate = 0.1 }),
        ("answers lost after the effect", new { provider = "*", kind = "lost-answer", method = "POST", rate = 0.05 }),
        ("late answers", new { provider = "*", kind = "latency", delay = "1s", rate = 0.05 }),
        ("answers later than a call waits", new { provider = "*", kind = "latency", delay = $"{TooLate.TotalSeconds}s", rate = 0.02 }),
    ];

    private static readonly (string Name, object Rule) Down = ("calls answered with 503", new { provider = "*", kind = "status", status = 503 });

    private readonly Dictionary<string, int> _happened = new(StringComparer.Ordinal);
    private (string Name, object Rule)[] _now = [];

    public Task RoughAsync(CancellationToken ct) => ChangeAsync(Rough, ct);

    public Task DownAsync(CancellationToken ct) => ChangeAsync([Down], ct);

    public Task CalmAsync(CancellationToken ct) => ChangeAsync([], ct);

    /// <summary>How often each thing went wrong so far.</summary>
    public IReadOnlyDictionary<string, int> Happened => _happened;

    public int RequestsWhileDown => _happened[Down.Name];

    private async Task ChangeAsync((string Name, object Rule)[] next, CancellationToken ct)
    {
        foreach (var ((name, _), count) in _now.Zip(await sandbox.CountFaultsAsync(ct)))
            _happened[name] = _happened.GetValueOrDefault(name) + count;

        await sandbox.SetFaultsAsync(next.Select(fault => fault.Rule), ct);
        _now = next;
    }
}
