using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine.Dcp;
using Aspire.Hosting.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>One process of a resource through its lives: waiting, running, stopped, started again.</summary>
internal sealed class ResourceInstance(
    IResource resource,
    string id,
    DcpHost dcp,
    LaunchPlanner planner,
    DependencyWaiter dependencies,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostApplicationLifetime application,
    ILogger<ResourceInstance> console,
    TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GlancePause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RevivalPause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Everything depends on the database. The dashboard's port may be taken between DCP's choice and its start. Other processes are left
    /// as they ended, for somebody to look at.
    /// </summary>
    private int Revivals => resource switch { PostgresServerResource => int.MaxValue, DashboardResource => 3, _ => 0 };

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private int _revivals;
    private CancellationTokenSource? _waiting;
    private ProcessLife? _life;
    private string? _formerUid;

    public string Id => id;

    public IResource Resource => resource;

    /// <summary>Waits for what the resource needs, then starts it; a failure becomes its state.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        if (_waiting is { } waiting)
        {
            // Somebody does not want to wait any longer.
            await waiting.CancelAsync();
            return;
        }

        await _oneAtATime.WaitAsync(ct);
        try
        {
            await RemoveAsync(ct);
            await WaitForDependenciesAsync(ct);
            await LaunchAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e.Message);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Stops the process and returns when it has ended.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            await EndAsync(ct);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Stops the process and returns when it is gone, half a second before DCP says so.</summary>
    public async Task ShutDownAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await await Task.WhenAny(StopAsync(either.Token), GoneAsync(either.Token));
        await either.CancelAsync();
    }

    /// <summary>Returns when the process has ended and the new one is on its way, which may have to wait for others.</summary>
    public async Task RestartAsync(CancellationToken ct)
    {
        await StopAsync(ct);
        _ = StartAsync(ct);
    }

    /// <summary>Hears from DCP about the process; the same thing may be said several times.</summary>
    public void Observe(DcpEvent change)
    {
        if (_life is not { } life || change is { Type: "DELETED" } or { Object.Status: null } || !life.IsToldBy(change.Object))
            return;

        if (change.Object.Status!.State is "FailedToStart")
        {
            _ = ExplainFailureAsync(life);
            return;
        }

        Publish(s => s.With(life.Process, change.Object.Status, life.IsStopping));
        life.Pid = change.Object.Status.Pid;
        if (InstanceSnapshots.HasEnded(change.Object.Status) && life.Ended.TrySetResult())
            AfterEnd(life, change.Object.Status);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task WaitForDependenciesAsync(CancellationToken ct)
    {
        if (!DependencyWaiter.DependenciesOf(resource).Any())
            return;

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _waiting = waiting;
        Publish(s => s.Fresh().In(KnownResourceStates.Waiting)
            .With(KnownProperties.WaitingFor, string.Join(", ", DependencyWaiter.DependenciesOf(resource))));
        try
        {
            await dependencies.WaitAsync(resource, TellWhetherInVain, waiting.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            loggers.GetLogger(id).LogInformation("Started by hand, without waiting any longer.");
        }
        finally
        {
            _waiting = null;
        }
    }

    private void TellWhetherInVain() => Publish(s =>
    {
        var reason = dependencies.WhyInVain(resource);

        return s.In(KnownResourceStates.Waiting, reason is null ? null : KnownResourceStateStyles.Warn).With(KnownProperties.FailureReason, reason);
    });

    private async Task GoneAsync(CancellationToken ct)
    {
        while (_life?.Pid is not { } pid || IsAlive(pid))
            await Task.Delay(GlancePause, time, ct);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        Publish(s => s.Fresh().In(KnownResourceStates.Starting));
        var life = new ProcessLife(await planner.PlanAsync(resource, id, ct), _formerUid);
        _life = life;

        try
        {
            await dcp.Client.CreateAsync(life.Process, ct);
            life.Logs = new(dcp.Client, life.Process, loggers.BacklogOf(id), life.Ended.Task);
        }
        catch
        {
            _life = null;
            throw;
        }
    }

    private async Task EndAsync(CancellationToken ct)
    {
        if (_life is not { } life || life.Ended.Task.IsCompleted)
            return;

        life.IsStopping = true;
        Publish(s => s.In(KnownResourceStates.Stopping));
        if (resource is PostgresServerResource server && server.IsEmbedded() && life.Pid is { } pid)
            PostgresLauncher.RequestStop(pid);
        else
            await dcp.Client.RequestStopAsync(life.Process.Path, id, ct);

        await life.Ended.Task.WaitAsync(StopPatience, time, ct);
    }

    /// <summary>An ended process still has its name in DCP, and its last lines.</summary>
    private async Task RemoveAsync(CancellationToken ct)
    {
        await EndAsync(ct);
        if (_life is not { } life)
            return;

        _life = null;
        _formerUid = life.Uid;

        // At once: whoever gave the command and asks next must not be told how the former process ended.
        Publish(s => s.Fresh().In(KnownResourceStates.Starting));
        if (life.Logs is { } logs)
            await logs.DisposeAsync();

        await dcp.Client.DeleteAsync(life.Process.Path, id, ct);
    }

    private void AfterEnd(ProcessLife life, DcpStatus status)
    {
        if (life.IsStopping || application.ApplicationStopping.IsCancellationRequested)
            return;

        if (status.ExitCode is not 0)
            console.LogWarning("{Resource} ended with exit code {ExitCode}.", id, status.ExitCode);

        if (_revivals++ < Revivals)
            _ = ReviveAsync(life);
    }

    private async Task ReviveAsync(ProcessLife life)
    {
        await Task.Delay(RevivalPause, time, application.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_life == life && !life.IsStopping && !application.ApplicationStopping.IsCancellationRequested)
            await StartAsync(application.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ExplainFailureAsync(ProcessLife life)
    {
        if (life.Ended.TrySetResult())
            Fail(await InstanceLogs.ReadReasonAsync(dcp.Client, life.Process));
    }

    private void Fail(string reason)
    {
        Publish(s => s.Failed(reason, time.GetUtcNow().UtcDateTime));
        loggers.GetLogger(id).LogError("Failed to start: {Reason}", reason);
        console.LogError("{Resource} failed to start: {Reason}", id, reason);
    }

    private void Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _ = notifications.PublishUpdateAsync(resource, id, change);
}

/// <summary>One run of an instance's process.</summary>
/// <param name="process">What DCP was asked for.</param>
/// <param name="formerUid">The run before it, whose last words DCP may still be saying under the same name.</param>
internal sealed class ProcessLife(DcpObject process, string? formerUid)
{
    public DcpObject Process { get; } = process;

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InstanceLogs? Logs { get; set; }

    public string? Uid { get; private set; }

    public int? Pid { get; set; }

    public bool IsStopping { get; set; }

    public bool IsToldBy(DcpObject state)
    {
        if (state.Metadata.Uid == formerUid)
            return false;

        Uid = state.Metadata.Uid;
        return true;
    }
}
