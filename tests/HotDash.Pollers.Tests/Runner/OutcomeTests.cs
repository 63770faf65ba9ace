using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Runner;

public sealed class OutcomeTests(PostgresFixture postgres) : RunnerTest(postgres)
{
    private const string Gone = "not exists (select from jobs)";
    private const string Ended = "(select leased_by is null and (attempt > 0 or last_error is not null or due_at > hotdash_now() + interval '1 minute') from jobs)";
    private const string Dead = "(select dead_at is not null from jobs)";

    [Fact]
    public async Task A_job_that_is_done_leaves_the_table()
    {
        await StartAsync((payload, context, _) =>
        {
            Assert.Equal(("hello", 1), (payload, context.Attempt));
            return Task.FromResult(JobOutcome.Done);
        });

        await EnqueueAsync("hello");

        await UntilAsync(Gone);
    }

    [Fact]
    public async Task A_job_that_throws_runs_again_later_and_says_why()
    {
        await StartAsync((_, _, _) => throw new InvalidOperationException("The cat sat on it."));

        await EnqueueAsync(options: new() { MaxAttempts = 3 });
        await UntilAsync(Ended);

        Assert.Equal("InvalidOperationException: The cat sat on it.", await ScalarAsync<string>("select last_error from jobs"));
        Assert.Equal(1, await ScalarAsync<int>("select attempt from jobs where dead_at is null and due_at > hotdash_now() - interval '1 minute'"));
    }

    [Fact]
    public async Task A_job_that_throws_in_its_last_attempt_is_dead_with_the_reason()
    {
        await StartAsync((_, _, _) => throw new InvalidOperationException("The cat sat on it."));

        await EnqueueAsync(options: new() { MaxAttempts = 1 });
        await UntilAsync(Dead);

        Assert.Equal("InvalidOperationException: The cat sat on it.", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_snooze_is_no_attempt()
    {
        await StartAsync((_, _, _) => Task.FromResult(JobOutcome.Snooze(TimeSpan.FromHours(1))));

        await EnqueueAsync(options: new() { MaxAttempts = 1 });
        await UntilAsync(Ended);

        Assert.Equal(0, await ScalarAsync<int>("select attempt from jobs where dead_at is null"));
        Assert.Equal(60, await ScalarAsync<int>("select round(extract(epoch from due_at - created_at) / 60)::int from jobs"));
    }

    [Fact]
    public async Task A_used_up_rate_limit_is_a_snooze_until_there_is_room()
    {
        await StartAsync((_, _, _) => throw new RateLimitException("publer", TimeSpan.FromHours(2)));

        await EnqueueAsync(options: new() { MaxAttempts = 1 });
        await UntilAsync(Ended);

        Assert.Equal(120, await ScalarAsync<int>("select round(extract(epoch from due_at - created_at) / 60)::int from jobs where attempt = 0"));
    }

    [Fact]
    public async Task A_job_whose_integration_is_disconnected_waits_without_losing_an_attempt_and_says_why()
    {
        await StartAsync((_, _, _) => throw new IntegrationPausedException("publer", new("disconnected: maintenance", TimeSpan.FromMinutes(30))));

        await EnqueueAsync(options: new() { MaxAttempts = 1 });
        await UntilAsync(Ended);

        Assert.Equal(30, await ScalarAsync<int>("select round(extract(epoch from due_at - created_at) / 60)::int from jobs where attempt = 0 and dead_at is null"));
        Assert.Equal("publer: disconnected: maintenance", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_job_that_stops_is_dead_with_its_reason()
    {
        await StartAsync((_, _, _) => Task.FromResult(JobOutcome.Stop("Publer rejected our key")));

        await EnqueueAsync();
        await UntilAsync(Dead);

        Assert.Equal("Publer rejected our key", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_cancelled_and_runs_again()
    {
        Script forever = async (_, _, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return JobOutcome.Done;
        };
        await StartAsync(services => services.AddSingleton(forever).AddJob<ScriptedJob, string>("scripted", timeout: TimeSpan.FromMilliseconds(100)));

        await EnqueueAsync();
        await UntilAsync(Ended);

        Assert.Equal("It did not end within 0.1 s.", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("null", "")]
    [InlineData("{\"an\":\"object\"}", "$")]
    public async Task A_payload_that_cannot_be_read_is_dead_at_once_and_never_run(string payload, string path)
    {
        await ExecuteAsync("insert into jobs (id, kind, payload, due_at, max_attempts) values (gen_random_uuid(), 'scripted', @payload, now(), 20)", new { payload });

        await StartAsync((_, _, _) => throw new InvalidOperationException("It ran."));
        await UntilAsync(Dead);

        Assert.Equal($"The payload is no String{(path.Length > 0 ? $" (at {path})" : "")}.", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_kind_that_this_version_does_not_know_waits_for_one_that_does_and_dies_at_last()
    {
        await StartAsync((_, _, _) => throw new InvalidOperationException("It ran."));

        await EnqueueAsync(kind: "from-the-future", options: new() { MaxAttempts = 2 });
        await UntilAsync(Ended);
        var waiting = await ScalarAsync<bool>("select dead_at is null from jobs");
        await UntilAsync(Dead);

        Assert.True(waiting);
        Assert.Equal("No job named 'from-the-future' is in the job list of this version.", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_job_whose_process_dies_every_time_is_dead_after_its_last_attempt()
    {
        await ExecuteAsync("insert into jobs (id, kind, payload, due_at, attempt, max_attempts, leased_by) values (gen_random_uuid(), 'scripted', '\"\"', now(), 3, 3, 'gone')");

        await StartAsync((_, _, _) => throw new InvalidOperationException("It ran."));
        await UntilAsync(Dead);

        Assert.Equal("The process that ran its last attempt died.", await ScalarAsync<string>("select last_error from jobs"));
    }

    [Fact]
    public async Task A_recurring_job_never_dies_and_its_failure_is_kept_until_it_succeeds()
    {
        var broken = true;
        Script script = (_, _, _) => broken ? throw new InvalidOperationException("The cat sat on it.") : Task.FromResult(JobOutcome.Done);
        await StartAsync(services => services.AddSingleton(script).AddRecurringJob<RecurringJob>("recurring", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromSeconds(30)));

        await UntilAsync("(select last_error is not null from jobs)");
        broken = false;
        await UntilAsync("(select last_error is null and attempt = 0 and leased_by is null and due_at > hotdash_now() + interval '1 minute' from jobs)");
    }

    private sealed class RecurringJob(Script script) : IRecurringJob
    {
        public Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct) => script("", context, ct);
    }
}
