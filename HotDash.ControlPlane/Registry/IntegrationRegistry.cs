using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Registry;

/// <summary>
/// All integrations: how they stand, and the ways to connect them, to disconnect them, and to look how they are. What it changes holds
/// for the fleet, within a second.
/// </summary>
public sealed partial class IntegrationRegistry
{
    /// <summary>So far back go the calls that a view counts.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    private readonly IReadOnlyList<IntegrationOptions> _integrations;
    private readonly HealthChecks _checks;
    private readonly HealthStore _health;
    private readonly PauseStore _pauses;
    private readonly BreakerBoard _breakers;
    private readonly FleetReads _fleet;
    private readonly TimeProvider _clock;
    private readonly ILogger<IntegrationRegistry> _logger;

    internal IntegrationRegistry(
        IEnumerable<IntegrationOptions> integrations, HealthChecks checks, HealthStore health, PauseStore pauses, BreakerBoard breakers, FleetReads fleet,
        TimeProvider clock, ILogger<IntegrationRegistry> logger) =>
        (_integrations, _checks, _health, _pauses, _breakers, _fleet, _clock, _logger) =
        ([.. integrations.OrderBy(integration => integration.Key, StringComparer.Ordinal)], checks, health, pauses, breakers, fleet, clock, logger);

    /// <returns>Null when there is no such integration.</returns>
    public async Task<IntegrationView?> GetAsync(string key, CancellationToken ct) =>
        Find(key) is null ? null : (await AllAsync(ct)).Single(view => view.Key == key);

    /// <summary>By key.</summary>
    public Task<IReadOnlyList<IntegrationView>> AllAsync(CancellationToken ct) => _fleet.ViewAsync(_integrations, ct);

    /// <summary>Those that are switched on, whether they can be called or not.</summary>
    public async Task<IReadOnlyList<IntegrationView>> EnabledAsync(CancellationToken ct) =>
        [.. (await AllAsync(ct)).Where(view => view.Standing.Status is not IntegrationStatus.Disabled)];

    /// <summary>Lets calls go again: ends a disconnection or a pause, closes the breakers, and looks how the integration is.</summary>
    /// <returns>Null when there is no such integration.</returns>
    public async Task<IntegrationView?> ConnectAsync(string key, string by, CancellationToken ct)
    {
        if (Find(key) is not { } integration)
            return null;

        await _health.ForgetAsync(key, ct);
        await _pauses.ResumeAsync(key, by, ct);
        await _breakers.ResetAsync(key, by, ct);
        LogConnected(key, by);

        return await LookAsync(integration, ct);
    }

    /// <summary>Connects all that are switched on, side by side.</summary>
    public async Task<IReadOnlyList<IntegrationView>> ConnectEnabledAsync(string by, CancellationToken ct)
    {
        var enabled = await EnabledAsync(ct);
        await Task.WhenAll(enabled.Select(view => ConnectAsync(view.Key, by, ct)));

        return await EnabledAsync(ct);
    }

    /// <summary>No call goes out any more, until somebody connects it: callers are told so, jobs wait.</summary>
    /// <returns>Null when there is no such integration.</returns>
    public async Task<IntegrationView?> DisconnectAsync(string key, string reason, string by, CancellationToken ct)
    {
        if (Find(key) is null)
            return null;

        await _pauses.DisconnectAsync(key, reason, by, ct);
        LogDisconnected(key, by);

        return await GetAsync(key, ct);
    }

    /// <summary>Looks how it is, unless it is switched off, disconnected or without credentials: its status says so then.</summary>
    /// <returns>Null when there is no such integration.</returns>
    public async Task<IntegrationView?> CheckAsync(string key, CancellationToken ct) =>
        await GetAsync(key, ct) is { } view ? MayBeAsked(view) ? await LookAsync(view.Options, ct) : view : null;

    /// <summary>Looks at all of them, side by side.</summary>
    public async Task<IReadOnlyList<IntegrationView>> CheckAllAsync(CancellationToken ct)
    {
        await AskAsync(MayBeAsked, ct);
        return await AllAsync(ct);
    }

    /// <summary>For a job: looks at all, but leaves one that failed alone for as long as its breaker would.</summary>
    /// <param name="every">How often the job runs.</param>
    internal Task CheckDueAsync(TimeSpan every, CancellationToken ct) => AskAsync(
        view => MayBeAsked(view) && (view.Health is not { Health.Ok: false, Age: var age } || age + every >= view.Options.Resilience.CircuitBreaker.OpenDuration), ct);

    private async Task AskAsync(Func<IntegrationView, bool> which, CancellationToken ct) =>
        await Task.WhenAll((await AllAsync(ct)).Where(which).Select(view => AskAsync(view.Options, ct)));

    private async Task<IntegrationView?> LookAsync(IntegrationOptions integration, CancellationToken ct)
    {
        if (integration.Overall is IntegrationState.Live)
            await AskAsync(integration, ct);

        return await GetAsync(integration.Key, ct);
    }

    private async Task AskAsync(IntegrationOptions integration, CancellationToken ct)
    {
        var began = _clock.GetTimestamp();
        var health = await _checks.CheckAsync(integration, ct);
        await _health.SaveAsync(health, _clock.GetElapsedTime(began), ct);
    }

    private IntegrationOptions? Find(string key) => _integrations.FirstOrDefault(integration => integration.Key == key);

    private static bool MayBeAsked(IntegrationView view) =>
        view.Options.Overall is IntegrationState.Live && view.Standing.Status is not IntegrationStatus.Disconnected;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Integration} was connected by {By}.")]
    private partial void LogConnected(string integration, string by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Integration} was disconnected by {By}.")]
    private partial void LogDisconnected(string integration, string by);
}
