using System.Diagnostics;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.Pollers.Runner;

/// <summary>Runs one job and turns whatever happens into what becomes of its row. Never throws.</summary>
internal sealed partial class JobExecutor(
    JobRegistry registry,
    IServiceScopeFactory scopes,
    NpgsqlDataSource store,
    JobMetrics metrics,
    Backoff backoff,
    TimeProvider clock,
    ILogger<JobExecutor> logger)
{
    public async Task<FinishedJob> RunAsync(RunningJob running)
    {
        var job = running.Claimed;
        using var activity = JobTelemetry.Start(job);
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["job"] = job.Kind, ["jobId"] = job.Lease.JobId });
        var began = clock.GetTimestamp();

        var (finished, outcome) = await TryAsync(running);

        metrics.Finished(registry.Find(job.Kind) is null ? "unknown" : job.Kind, outcome, clock.GetElapsedTime(began));
        activity?.SetTag("hotdash.job.outcome", outcome);
        if (finished.Error is { } error)
            activity?.SetStatus(ActivityStatusCode.Error, error);

        return finished;
    }

    private async Task<(FinishedJob, string Outcome)> TryAsync(RunningJob running)
    {
        var job = running.Claimed;
        if (!job.IsRecurring && job.Attempt > job.MaxAttempts)
            return Dead(job, "The process that ran its last attempt died.");
        if (registry.Find(job.Kind) is not { } definition)
            return Failed(job, $"No job named '{job.Kind}' is in the job list of this version.");

        using var timeout = new CancellationTokenSource(definition.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, running.Cancelled);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new JobContext(store, job.Lease, job.Attempt, clock);
            return Ended(job, await definition.RunAsync(scope.ServiceProvider, job.Payload, context, either.Token));
        }
        catch (OperationCanceledException) when (running.Why is not null)
        {
            return Released(job, running.Why);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed(job, $"It did not end within {definition.Timeout.TotalSeconds:0.#} s.");
        }
        catch (UnreadablePayloadException e)
        {
            return job.IsRecurring ? Failed(job, e.Message) : Dead(job, e.Message);
        }
        catch (IntegrationException e) when (e is { Deferred: true, RetryAfter: not null })
        {
            return (job.Again(e.RetryAfter.Value, job.Attempt - 1, e.Message), "snoozed");
        }
#pragma warning disable CA1031 // whatever a job throws means "again, later"
        catch (Exception e)
        {
            LogThrew(job.Kind, job.Lease.JobId, job.Attempt, e);
            return Failed(job, $"{e.GetType().Name}: {e.Message}");
        }
#pragma warning restore CA1031
    }

    private (FinishedJob, string) Ended(ClaimedJob job, JobOutcome outcome) => outcome switch
    {
        { Wait: { } wait } => (job.Again(wait, job.Attempt - 1), "snoozed"),
        { Reason: { } reason } when job.IsRecurring => Failed(job, reason),
        { Reason: { } reason } => Dead(job, reason),
        _ => (job.Done(), "done"),
    };

    /// <summary>A recurring job never dies: at the latest it runs again at its next time.</summary>
    private (FinishedJob, string) Failed(ClaimedJob job, string why)
    {
        if (!job.IsRecurring && job.Attempt >= job.MaxAttempts)
            return Dead(job, why);

        var wait = backoff.After(job.Attempt);
        LogAgain(job.Kind, job.Lease.JobId, job.Attempt, wait.TotalSeconds, why);
        return (job.Again(wait < job.Every ? wait : job.Every ?? wait, job.Attempt, Shorten(why)), "failed");
    }

    private (FinishedJob, string) Dead(ClaimedJob job, string why)
    {
        LogDead(job.Kind, job.Lease.JobId, job.Attempt, why);
        return (job.Dead(Shorten(why)), "dead");
    }

    private (FinishedJob, string) Released(ClaimedJob job, string why)
    {
        LogReleased(job.Kind, job.Lease.JobId, why);
        return (job.Again(TimeSpan.Zero, job.Attempt - 1), "released");
    }

    private static string Shorten(string text) => text.Length <= 1000 ? text : text[..1000];

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Job} {JobId} threw in attempt {Attempt}.")]
    private partial void LogThrew(string job, Guid jobId, int attempt, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} failed in attempt {Attempt} and runs again in {Seconds:0.0} s: {Why}")]
    private partial void LogAgain(string job, Guid jobId, int attempt, double seconds, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} {JobId} is dead after {Attempt} attempts: {Why}")]
    private partial void LogDead(string job, Guid jobId, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} {JobId} was given back: {Why}")]
    private partial void LogReleased(string job, Guid jobId, string why);
}
