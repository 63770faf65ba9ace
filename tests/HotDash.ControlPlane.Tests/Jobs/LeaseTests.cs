using HotDash.ControlPlane.Jobs;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Jobs;

public sealed class LeaseTests(PostgresFixture postgres) : JobTest(postgres)
{
    private static readonly TimeSpan LeaseOver = Lease + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_claimed_job_is_nobody_elses_until_its_lease_ends()
    {
        await EnqueueAsync();
        var first = (await ClaimAsync()).Single();

        var during = await ClaimAsync(JobsAfter(Lease - TimeSpan.FromSeconds(2)));
        var after = (await ClaimAsync(JobsAfter(LeaseOver))).Single();

        Assert.Empty(during);
        Assert.Equal((first.Lease.JobId, 2), (after.Lease.JobId, after.Attempt));
        Assert.True(after.Lease.Fence > first.Lease.Fence);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_changes_nothing_whatever_it_says()
    {
        await EnqueueAsync();
        var lost = (await ClaimAsync()).Single();
        var current = (await ClaimAsync(JobsAfter(LeaseOver))).Single();

        var done = await EndAsync(lost.Done());
        var again = await EndAsync(lost.Again(TimeSpan.Zero, 0));
        var dead = await EndAsync(lost.Dead("no"));
        var ours = await EndAsync(current.Done());

        Assert.Equal((false, false, false, true), (done, again, dead, ours));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from jobs"));
    }

    [Fact]
    public async Task An_id_that_is_enqueued_again_does_not_revive_old_leases()
    {
        var id = await EnqueueAsync();
        var old = (await ClaimAsync()).Single();
        await EndAsync(old.Done());
        await EnqueueAsync(options: new() { Id = id });
        await ClaimAsync();

        var ended = await EndAsync(old.Done());

        Assert.False(ended);
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer_here_and_in_the_database()
    {
        await EnqueueAsync();
        var job = (await ClaimAsync()).Single();
        Clock.Advance(TimeSpan.FromSeconds(6));

        var lost = await JobsAfter(TimeSpan.FromSeconds(6)).RenewAsync([job.Lease], Lease, Ct);

        Assert.Empty(lost);
        Assert.Equal(Lease, job.Lease.Remaining);
        Assert.Empty(await ClaimAsync(JobsAfter(LeaseOver)));
        Assert.Single(await ClaimAsync(JobsAfter(TimeSpan.FromSeconds(6) + LeaseOver)));
    }

    [Fact]
    public async Task A_renewal_says_which_leases_are_lost()
    {
        await EnqueueAsync();
        await EnqueueAsync();
        var jobs = await ClaimAsync();
        await ClaimAsync(JobsAfter(LeaseOver), limit: 1);
        var taken = await ScalarAsync<Guid>("select id from jobs where fence = (select max(fence) from jobs)");

        var lost = await Jobs.RenewAsync([.. jobs.Select(job => job.Lease)], Lease, Ct);

        Assert.Equal(jobs.Where(job => job.Lease.JobId == taken).Select(job => job.Lease.Fence), lost.Order());
    }

    [Fact]
    public async Task An_older_lease_of_this_same_worker_is_lost_too()
    {
        await EnqueueAsync();
        var old = (await ClaimAsync()).Single();
        var current = (await ClaimAsync(JobsAfter(LeaseOver))).Single();

        var lost = await Jobs.RenewAsync([old.Lease, current.Lease], Lease, Ct);

        Assert.Equal([old.Lease.Fence], lost);
    }

    [Fact]
    public async Task A_jobs_own_transaction_does_not_hold_up_the_renewal_of_others()
    {
        await EnqueueAsync();
        await EnqueueAsync();
        var jobs = await ClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));

        IReadOnlySet<long> lost = new HashSet<long>();
        await Context(jobs[0]).InFencedTransactionAsync(
            async (_, _) => lost = await Jobs.RenewAsync([.. jobs.Select(job => job.Lease)], Lease, Ct), Ct);

        Assert.Empty(lost);
        Assert.Equal([Lease - TimeSpan.FromSeconds(2), Lease], jobs.Select(job => job.Lease.Remaining));
    }

    [Fact]
    public async Task Effects_and_follow_up_jobs_are_stored_with_the_check_of_the_lease()
    {
        await EnqueueAsync();
        var job = (await ClaimAsync()).Single();

        await Context(job).InFencedTransactionAsync((c, t) => Queue.EnqueueAsync(c, t, "follow-up", "", ct: Ct), Ct);

        Assert.Equal("follow-up", (await ClaimAsync()).Single().Kind);
    }

    [Fact]
    public async Task No_effect_is_stored_once_another_worker_has_the_job()
    {
        await EnqueueAsync();
        var lost = (await ClaimAsync()).Single();
        await ClaimAsync(JobsAfter(LeaseOver));

        await Assert.ThrowsAsync<LeaseLostException>(
            () => Context(lost).InFencedTransactionAsync((c, t) => Queue.EnqueueAsync(c, t, "follow-up", "", ct: Ct), Ct));

        Assert.Equal(0, await ScalarAsync<long>("select count(*) from jobs where kind = 'follow-up'"));
    }

    [Fact]
    public async Task Nobody_can_claim_a_job_while_its_effects_are_being_stored()
    {
        await EnqueueAsync();
        var job = (await ClaimAsync()).Single();

        IReadOnlyList<ClaimedJob>? taken = null;
        await Context(job).InFencedTransactionAsync(async (_, _) => taken = await ClaimAsync(JobsAfter(LeaseOver)), Ct);

        Assert.Empty(taken!);
    }

    [Fact]
    public async Task An_effect_is_refused_when_too_little_is_left_of_the_lease()
    {
        await EnqueueAsync();
        var context = Context((await ClaimAsync()).Single());

        context.EnsureLease(TimeSpan.FromSeconds(5));
        Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), context.RemainingLease);
        Assert.Throws<LeaseTooShortException>(() => context.EnsureLease(TimeSpan.FromSeconds(5)));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, context.RemainingLease);
    }

    [Fact]
    public async Task A_lease_is_lengthened_for_a_call_that_takes_longer()
    {
        await EnqueueAsync();
        var context = Context((await ClaimAsync()).Single());

        await context.EnsureLeaseAsync(TimeSpan.FromSeconds(30), Ct);

        context.EnsureLease(TimeSpan.FromSeconds(30));
        Assert.Empty(await ClaimAsync(JobsAfter(TimeSpan.FromSeconds(30))));
        Assert.Single(await ClaimAsync(JobsAfter(TimeSpan.FromSeconds(35))));
    }

    [Fact]
    public async Task A_lease_that_is_lost_is_not_lengthened()
    {
        await EnqueueAsync();
        var context = Context((await ClaimAsync()).Single());
        await ClaimAsync(JobsAfter(LeaseOver));

        await Assert.ThrowsAsync<LeaseLostException>(() => context.EnsureLeaseAsync(TimeSpan.FromSeconds(30), Ct));

        Assert.Equal(TimeSpan.Zero, context.RemainingLease);
    }
}
