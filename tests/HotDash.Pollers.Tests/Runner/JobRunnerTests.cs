using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dapper;
using HotDash.ControlPlane.Jobs;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Pollers.Tests.Runner;

public sealed class JobRunnerTests(PostgresFixture postgres) : RunnerTest(postgres)
{
    private const string Gone = "not exists (select from jobs)";

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_sleeping_runner_is_woken_for_a_new_job()
    {
        await StartAsync((_, _, _) => Task.FromResult(JobOutcome.Done), ("Jobs:Poll", "00:01:00"));
        await EnqueueAsync("first: now it is listening, and asleep");
        await UntilAsync(Gone);

        await EnqueueAsync("second");

        await UntilAsync(Gone);
    }

    [Fact]
    public async Task A_job_that_nobody_was_woken_for_is_found_by_polling()
    {
        await StartAsync((_, _, _) => Task.FromResult(JobOutcome.Done), ("Jobs:Poll", "00:00:00.050"));

        await ExecuteAsync("insert into jobs (id, kind, payload, due_at, max_attempts) values (gen_random_uuid(), 'scripted', '\"\"', now(), 20)");

        await UntilAsync(Gone);
    }

    [Fact]
    public async Task Replicas_share_the_jobs_and_each_runs_once()
    {
        var runs = new ConcurrentBag<string>();
        Script count = (payload, _, _) =>
        {
            runs.Add(payload);
            return Task.FromResult(JobOutcome.Done);
        };
        await Task.WhenAll(StartAsync(count), StartAsync(count), StartAsync(count));

        for (var i = 0; i < 200; i++)
            await EnqueueAsync($"{i}");
        await UntilAsync(Gone);

        Assert.Equal(200, runs.Count);
        Assert.Distinct(runs);
    }

    [Fact]
    public async Task No_more_jobs_run_at_once_than_allowed()
    {
        var (now, most) = (0, 0);
        for (var i = 0; i < 20; i++)
            await EnqueueAsync();

        await StartAsync(
            async (_, _, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return JobOutcome.Done;
            },
            ("Jobs:Concurrency", "3"));
        await UntilAsync(Gone);

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_long_job_keeps_its_lease()
    {
        await StartAsync(RunUntilAllowedAsync, ("Jobs:Lease", "00:00:04"));
        await EnqueueAsync();
        await _begun.Task.WaitAsync(Ct);
        var until = await ScalarAsync<DateTime>("select leased_until from jobs");

        await UntilAsync("(select leased_until > @until from jobs)", new { until });
        _mayEnd.SetResult();
        await UntilAsync(Gone);

        Assert.Equal(1, await ScalarAsync<long>("select count(*) from test_ended"));
    }

    [Fact]
    public async Task At_shutdown_a_job_that_is_nearly_done_may_end()
    {
        var host = await StartAsync(RunUntilAllowedAsync, ("Jobs:Drain", "00:00:30"));
        await EnqueueAsync();
        await _begun.Task.WaitAsync(Ct);

        var stop = host.StopAsync(CancellationToken.None);
        _mayEnd.SetResult();
        await stop;

        Assert.Equal(1, await ScalarAsync<long>("select count(*) from test_ended"));
    }

    [Fact]
    public async Task At_shutdown_a_job_is_cancelled_and_given_back_to_run_elsewhere_at_once()
    {
        var host = await StartAsync(RunUntilAllowedAsync, ("Jobs:Lease", "00:10:00"), ("Jobs:Drain", "00:00:00"), ("Jobs:GiveUp", "00:00:30"));
        await EnqueueAsync();
        await _begun.Task.WaitAsync(Ct);

        await host.StopAsync(CancellationToken.None);
        var given = await ScalarAsync<bool>("select leased_by is null and leased_until is null and attempt = 0 and due_at <= hotdash_now() from jobs");
        await StartAsync((_, _, _) => Task.FromResult(JobOutcome.Done));

        Assert.True(given);
        await UntilAsync(Gone);
    }

    [Fact]
    public async Task A_run_continues_the_trace_of_the_request_that_enqueued_it()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "HotDash.Jobs",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        Activity? run = null;
        await StartAsync((_, _, _) =>
        {
            run = Activity.Current;
            return Task.FromResult(JobOutcome.Done);
        });

        using var request = new Activity("POST /api/social/post").SetIdFormat(ActivityIdFormat.W3C).Start();
        await EnqueueAsync();
        await UntilAsync(Gone);

        Assert.Equal((request.TraceId, request.SpanId, "job scripted"), (run!.TraceId, run.ParentSpanId, run.OperationName));
        Assert.Equal("done", run.GetTagItem("hotdash.job.outcome"));
    }

    [Fact]
    public async Task Runs_are_counted_by_kind_and_outcome()
    {
        var outcomes = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "hotdash.jobs.duration")
                outcomes.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        listener.Start();
        await StartAsync((payload, _, _) => Task.FromResult(payload == "stop" ? JobOutcome.Stop("no") : JobOutcome.Done));

        await EnqueueAsync("stop");
        await EnqueueAsync();
        await EnqueueAsync(kind: Guid.NewGuid().ToString(), options: new() { MaxAttempts = 1 });
        await UntilAsync("(select count(*) = 2 and count(dead_at) = 2 from jobs)");

        Assert.Superset(new HashSet<string>(["scripted dead", "scripted done", "unknown dead"], StringComparer.Ordinal), outcomes.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_outage_of_the_store_costs_a_waiting_time_and_one_log_line_but_no_job()
    {
        await StartAsync(RunUntilAllowedAsync);
        await EnqueueAsync();
        await _begun.Task.WaitAsync(Ct);

        await AllowConnectionsAsync(false);
        _mayEnd.SetResult();
        await Logs.UntilAsync("Running jobs cannot use the store", Ct);
        await AllowConnectionsAsync(true);
        Store.Clear();
        await EnqueueAsync();

        await UntilAsync("(select count(*) = 2 from test_ended) and not exists (select from jobs)");
        Assert.Equal(1, Logs.Count("Running jobs cannot use the store"));
    }

    [Fact]
    public async Task Two_jobs_of_one_name_are_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(services => services
            .AddJob<ScriptedJob, string>("twin", timeout: TimeSpan.FromSeconds(1))
            .AddJob<ScriptedJob, string>("twin", timeout: TimeSpan.FromSeconds(1))));

        Assert.Equal("The job list has two jobs named 'twin'.", refused.Message);
    }

    private async Task<JobOutcome> RunUntilAllowedAsync(string payload, JobContext context, CancellationToken ct)
    {
        _begun.TrySetResult();
        await _mayEnd.Task.WaitAsync(ct);
        return JobOutcome.Done;
    }

    private async Task AllowConnectionsAsync(bool allowed)
    {
        var server = new NpgsqlConnectionStringBuilder(ConnectionString);
        var database = server.Database!;
        server.Database = "postgres";
        await using var store = NpgsqlDataSource.Create(server.ConnectionString);
        await using var connection = await store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync($"alter database {database} allow_connections {allowed}");
        if (!allowed)
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @database", new { database });
    }
}
