using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Jobs;

public sealed class JobStoreTests(PostgresFixture postgres) : JobTest(postgres)
{
    [Fact]
    public async Task What_is_due_longest_is_claimed_first_and_no_more_than_asked_for()
    {
        var second = await EnqueueAsync(options: new() { RunAt = DateTimeOffset.UnixEpoch.AddHours(2) });
        var first = await EnqueueAsync(options: new() { RunAt = DateTimeOffset.UnixEpoch.AddHours(1) });
        await EnqueueAsync();

        var claimed = await ClaimAsync(Jobs, limit: 2);

        Assert.Equal(new HashSet<Guid> { first, second }, claimed.Select(job => job.Lease.JobId).ToHashSet());
    }

    [Fact]
    public async Task Many_claiming_at_once_share_the_jobs_without_overlap()
    {
        for (var i = 0; i < 50; i++)
            await EnqueueAsync();

        var shares = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ClaimAsync(Jobs, limit: 10)));

        Assert.Distinct(shares.SelectMany(share => share).Select(job => job.Lease.JobId));
    }

    [Fact]
    public async Task One_round_trip_ends_jobs_in_every_way_and_claims_others()
    {
        for (var i = 0; i < 4; i++)
            await EnqueueAsync($"kind {i}");
        var claimed = (await ClaimAsync()).OrderBy(job => job.Kind, StringComparer.Ordinal).ToList();
        await EnqueueAsync("next");

        var exchange = await Jobs.ExchangeAsync(
            [claimed[0].Done(), claimed[1].Again(TimeSpan.FromHours(1), attempt: 0), claimed[2].Again(TimeSpan.FromHours(2), attempt: 1, "boom"), claimed[3].Dead("bad")],
            10, "test", Lease, Ct);

        Assert.Empty(exchange.Stale);
        Assert.Equal(["next"], exchange.Claimed.Select(job => job.Kind));
        Assert.Equal(
            "kind 1: 0 attempts in 1 h, |kind 2: 1 attempts in 2 h, boom|kind 3: 1 attempts dead, bad",
            await ScalarAsync<string>(
                """
                select string_agg(format('%s: %s attempts %s, %s', kind, attempt,
                    case when dead_at is null then format('in %s h', round(extract(epoch from due_at - hotdash_now()) / 3600)) else 'dead' end, last_error), '|' order by kind)
                from jobs where kind <> 'next' and leased_by is null
                """));
    }

    [Fact]
    public async Task Dead_jobs_are_never_claimed_and_are_kept_for_a_while()
    {
        await EnqueueAsync();
        await EndAsync((await ClaimAsync()).Single().Dead("bad"));

        Assert.Empty(await ClaimAsync(JobsAfter(TimeSpan.FromDays(13))));
        Assert.Equal(0, await JobsAfter(TimeSpan.FromDays(13)).PruneAsync(TimeSpan.FromDays(14), 10, Ct));
        Assert.Equal(1, await JobsAfter(TimeSpan.FromDays(15)).PruneAsync(TimeSpan.FromDays(14), 10, Ct));
    }

    [Fact]
    public async Task The_next_due_time_is_known_also_when_it_is_the_end_of_a_lease()
    {
        Assert.Null(await Jobs.NextDueAsync(Ct));

        await EnqueueAsync(options: new() { Delay = TimeSpan.FromHours(1) });
        var delayed = await Jobs.NextDueAsync(Ct);
        await EnqueueAsync();
        await ClaimAsync();
        var leased = await Jobs.NextDueAsync(Ct);

        Assert.InRange(delayed!.Value.TotalMinutes, 59, 60);
        Assert.InRange(leased!.Value.TotalSeconds, 6, 8);
    }

    [Fact]
    public async Task The_backlog_counts_what_is_due_and_what_is_dead()
    {
        await EnqueueAsync("sync", options: new() { RunAt = TimeProvider.System.GetUtcNow().AddMinutes(-5) });
        await EnqueueAsync("sync");
        await EnqueueAsync("sync", options: new() { Delay = TimeSpan.FromHours(1) });
        await EnqueueAsync("send", options: new() { RunAt = DateTimeOffset.UnixEpoch });
        await EndAsync((await ClaimAsync(Jobs, limit: 1)).Single().Dead("bad"));

        var backlog = (await Jobs.MeasureAsync(Ct)).ToDictionary(kind => kind.Kind, StringComparer.Ordinal);

        Assert.Equal((2, 0), (backlog["sync"].Depth, backlog["sync"].Dead));
        Assert.InRange(backlog["sync"].OldestAge.TotalMinutes, 5, 6);
        Assert.Equal((0, 1), (backlog["send"].Depth, backlog["send"].Dead));
    }
}
