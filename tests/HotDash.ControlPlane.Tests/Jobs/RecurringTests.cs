using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Jobs;

public sealed class RecurringTests(PostgresFixture postgres) : JobTest(postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_recurring_job_is_one_row_however_many_replicas_start()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ListAsync(("prune", Hour))));

        var job = Assert.Single(await ClaimAsync());

        Assert.Equal(("prune", Hour, "null"), (job.Kind, job.Every, job.Payload));
    }

    [Fact]
    public async Task It_runs_at_the_same_times_however_long_a_run_takes()
    {
        await ListAsync(("prune", Hour));
        var job = (await ClaimAsync(JobsAfter(TimeSpan.FromMinutes(90)))).Single();

        await JobsAfter(TimeSpan.FromMinutes(95)).ExchangeAsync([job.Done()], 0, "test", Lease, Ct);

        var next = await ScalarAsync<double>("select extract(epoch from due_at - created_at)::float8 / 60 from jobs");
        Assert.Equal(120, next, 3);
        Assert.Equal(0, await ScalarAsync<int>("select attempt from jobs"));
    }

    [Fact]
    public async Task Starting_again_keeps_its_next_time()
    {
        await ListAsync(("prune", Hour));
        await EndAsync((await ClaimAsync()).Single().Done());

        await ListAsync(("prune", Hour));

        Assert.Empty(await ClaimAsync());
        Assert.Single(await ClaimAsync(JobsAfter(Hour + TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public async Task A_shorter_period_holds_from_the_next_start_on()
    {
        await ListAsync(("prune", TimeSpan.FromDays(1)));
        await EndAsync((await ClaimAsync()).Single().Done());

        await ListAsync(("prune", Hour));

        Assert.Equal(Hour, (await ClaimAsync(JobsAfter(Hour + TimeSpan.FromMinutes(1)))).Single().Every);
    }

    [Fact]
    public async Task A_job_that_left_the_list_ends_and_others_stay()
    {
        await EnqueueAsync("one-shot");
        await ListAsync(("prune", Hour), ("measure", Hour));

        await ListAsync(("measure", Hour));

        Assert.Equal(["measure", "one-shot"], (await ClaimAsync()).Select(job => job.Kind).Order(StringComparer.Ordinal));
    }

    private Task ListAsync(params (string Kind, TimeSpan Every)[] jobs) =>
        Jobs.SetRecurringAsync(jobs.ToDictionary(job => job.Kind, job => job.Every, StringComparer.Ordinal), Ct);
}
