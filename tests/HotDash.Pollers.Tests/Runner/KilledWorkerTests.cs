using HotDash.TestKit;
using HotDash.TestWorker;

namespace HotDash.Pollers.Tests.Runner;

/// <summary>Workers that die, and workers that wake up late: every job is done, and none is ended by a worker that no longer holds it.</summary>
public sealed class KilledWorkerTests(PostgresFixture postgres) : RunnerTest(postgres)
{
    private const string AllEnded = "not exists (select from jobs)";
    private const string HeldBy = "exists (select from test_begun join jobs on jobs.id = job and jobs.fence = test_begun.fence and leased_by = @name)";

    [Fact]
    public async Task After_a_worker_is_killed_its_jobs_are_done_by_others()
    {
        await EnqueueEffectsAsync(60, milliseconds: 200);
        using var victim = StartWorker(concurrency: 8);
        using var survivor = StartWorker(concurrency: 8);
        await UntilAsync($"{HeldBy} and exists (select from test_ended)", new { name = victim.Name });

        victim.Kill();
        await UntilAsync(AllEnded);

        await AssertEachEndedOnceByItsHolderAsync(60);
    }

    [Fact]
    public async Task A_worker_that_was_frozen_while_others_did_its_jobs_changes_nothing_when_it_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot freeze a process by a signal.");
        await EnqueueEffectsAsync(4, milliseconds: 1000);
        using var sleeper = StartWorker(concurrency: 4);
        await UntilAsync(HeldBy, new { name = sleeper.Name });

        await sleeper.FreezeAsync();
        using (var other = StartWorker(concurrency: 4))
            await UntilAsync(AllEnded);
        await sleeper.ThawAsync();
        await UntilAsync("exists (select from test_refused)");
        await EnqueueEffectsAsync(1, milliseconds: 0); // once it has ended this one, it has tried to hand in the others
        await UntilAsync("(select count(*) = 5 from test_ended)");

        await AssertEachEndedOnceByItsHolderAsync(5);
    }

    private WorkerProcess StartWorker(int concurrency) =>
        WorkerProcess.Start(ConnectionString, ("Jobs__Lease", "00:00:02"), ("Jobs__Concurrency", $"{concurrency}"));

    private async Task EnqueueEffectsAsync(int count, int milliseconds) => await ExecuteAsync(
        """
        insert into jobs (id, kind, payload, due_at, max_attempts)
        select gen_random_uuid(), 'test.effect', format('{"milliseconds":%s}', @milliseconds), now(), 20 from generate_series(1, @count)
        """,
        new { count, milliseconds });

    private async Task AssertEachEndedOnceByItsHolderAsync(int count)
    {
        Assert.Equal(count, await ScalarAsync<long>("select count(*) from test_ended"));
        Assert.Equal(count, await ScalarAsync<long>("select count(distinct job) from test_ended"));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from test_ended where leased_by is distinct from ended_by"));
        Assert.Equal(count, await ScalarAsync<long>("select count(*) from test_effects join test_ended using (job, fence)"));
    }
}
