using System.Diagnostics;
using Dapper;
using HotDash.ControlPlane.Jobs;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Jobs;

public sealed class EnqueueTests(PostgresFixture postgres) : JobTest(postgres)
{
    [Fact]
    public async Task A_job_exists_exactly_if_the_callers_transaction_commits()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await Queue.EnqueueAsync(connection, transaction, "test", "payload", ct: Ct);

        var before = await ClaimAsync();
        await transaction.CommitAsync(Ct);
        var after = await ClaimAsync();

        Assert.Empty(before);
        Assert.Equal(("test", "\"payload\"", 1, 20), (after[0].Kind, after[0].Payload, after[0].Attempt, after[0].MaxAttempts));
    }

    [Fact]
    public async Task A_job_that_is_rolled_back_never_was()
    {
        await using (var connection = await Store.OpenConnectionAsync(Ct))
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
            await Queue.EnqueueAsync(connection, transaction, "test", "payload", ct: Ct);

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_delayed_job_is_claimed_when_its_time_has_come()
    {
        await EnqueueAsync(options: new() { Delay = TimeSpan.FromMinutes(10) });
        await EnqueueAsync(options: new() { RunAt = TimeProvider.System.GetUtcNow().AddMinutes(10) });

        Assert.Empty(await ClaimAsync());
        Assert.Empty(await ClaimAsync(JobsAfter(TimeSpan.FromMinutes(9))));
        Assert.Equal(2, (await ClaimAsync(JobsAfter(TimeSpan.FromMinutes(11)))).Count);
    }

    [Fact]
    public async Task Of_jobs_with_one_unique_key_one_is_alive_at_a_time()
    {
        var first = await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });
        var waiting = await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });
        var claimed = await ClaimAsync();
        var running = await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });
        await EndAsync(claimed.Single().Done());
        var next = await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });

        Assert.Equal((first, first), (waiting, running));
        Assert.NotEqual(first, next);
    }

    [Fact]
    public async Task A_dead_job_does_not_keep_its_unique_key()
    {
        await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });
        await EndAsync((await ClaimAsync()).Single().Dead("given up"));

        var next = await EnqueueAsync(options: new() { UniqueKey = "sync shop 7" });

        Assert.Equal(next, (await ClaimAsync()).Single().Lease.JobId);
    }

    [Fact]
    public async Task Enqueueing_an_id_again_changes_nothing()
    {
        var id = Guid.CreateVersion7();
        await EnqueueAsync(payload: "first", options: new() { Id = id });
        await EnqueueAsync(payload: "second", options: new() { Id = id });

        var job = Assert.Single(await ClaimAsync());

        Assert.Equal((id, "\"first\""), (job.Lease.JobId, job.Payload));
    }

    [Fact]
    public async Task Two_callers_racing_for_one_unique_key_get_the_same_job()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EnqueueAsync(options: new() { UniqueKey = "one" })));

        Assert.Single(ids.Distinct());
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task A_job_remembers_the_request_that_enqueued_it()
    {
        using var request = new Activity("POST /api/social/post").SetIdFormat(ActivityIdFormat.W3C).Start();

        await EnqueueAsync();
        var job = (await ClaimAsync()).Single();

        Assert.Equal(request.Id, job.Traceparent);
    }

    [Theory]
    [InlineData("", 20, false)]
    [InlineData("test", 0, false)]
    [InlineData("test", 20, true)]
    public async Task What_cannot_be_enqueued_is_refused(string kind, int maxAttempts, bool both)
    {
        var options = new EnqueueOptions
        {
            MaxAttempts = maxAttempts,
            Delay = TimeSpan.FromSeconds(1),
            RunAt = both ? DateTimeOffset.UnixEpoch : null,
        };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => EnqueueAsync(kind, options: options));
    }

    [Fact]
    public async Task Any_number_of_wakes_is_heard()
    {
        await using var listener = await Store.OpenConnectionAsync(Ct);
        await listener.ExecuteAsync("listen hotdash_jobs");

        for (var i = 0; i < 100; i++)
            Queue.Wake();

        await listener.WaitAsync(Ct);
    }
}
