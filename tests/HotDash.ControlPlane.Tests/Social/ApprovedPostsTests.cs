using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Social;
using HotDash.ControlPlane.Tests.Approvals;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Settings = Microsoft.Extensions.Options.Options;

namespace HotDash.ControlPlane.Tests.Social;

/// <summary>Where people must approve posts, one has no way to Publer before they have.</summary>
public sealed class ApprovedPostsTests : ApprovalsTest
{
    public ApprovedPostsTests(PostgresFixture postgres)
        : base(postgres) => Options.Policies[GuardedKinds.SocialPost] = new() { Required = 1 };

    private ApprovedPosts Release => new(Store, Queue, Integration.Live);

    private new ApprovalStore Approvals => new(Store, Vault, Queue, new([Release]), Settings.Create(Options));

    private PostIntake Intake => new(Store, Queue, Approvals, Integration.Live);

    [Fact]
    public async Task A_post_is_released_once_as_people_approved_it()
    {
        var (jobId, asked) = await AskForPostAsync();
        var edited = (await Approvals.EditAsync(asked.Id, asked.Hash, """{"text":"Hello, all","accountIds":["acc-2","acc-3"]}""", "ada", Ct))!;
        await Approvals.ApproveAsync(asked.Id, edited.Hash, "ben", Ct);
        var before = await StandingAsync(jobId);

        var attempt = await SendAsync(edited, repeats: false);
        await EndAsync(edited, attempt, SendEnd.Lost("nobody heard the answer"));
        await SendAsync(edited, repeats: true);

        Assert.Equal("Hello on acc-1, acc-2: 0 jobs, held", before);
        Assert.Equal("Hello, all on acc-2, acc-3: 1 jobs, released", await StandingAsync(jobId));
        Assert.Equal(jobId, (await Release.FindExistingAsync(edited.Guarded, Ct))!.Id);
    }

    [Fact]
    public async Task A_post_that_waits_for_people_goes_with_nobody_elses_call_and_is_not_late()
    {
        var (jobId, asked) = await AskForPostAsync();
        Options.Policies[GuardedKinds.SocialPost] = new() { Required = 0 };
        var other = (await Intake.AcceptAsync(Post("At once"), Ct)).JobId!;
        var sendJob = await ScalarAsync<Guid>("select send_job from social_posts where job_id = @other", new { other });

        var claim = Claim.Nothing;
        await InTransactionAsync(async transaction => claim = await new PostClaims(Queue, Settings.Create(new SocialOptions())).ClaimAsync(transaction, other, sendJob, Ct));

        Assert.Equal([other], claim.Attempt!.Posts.Select(post => post.JobId));
        Assert.Null(await Release.FindExistingAsync(asked.Guarded, Ct));
        Assert.Equal(1, await new SocialLedger(After(TimeSpan.FromHours(1))).CountLateAsync(TimeSpan.FromMinutes(5), Ct)); // the other one
        Assert.Equal("Hello on acc-1, acc-2: 0 jobs, held", await StandingAsync(jobId));
    }

    [Fact]
    public async Task A_post_that_was_rejected_fails_with_the_reason_and_is_no_dead_letter()
    {
        var (jobId, asked) = await AskForPostAsync();
        await Approvals.RejectAsync(asked.Id, asked.Hash, "not our tone", "ada", Ct);
        var outcomes = new SocialOutcomes(Queue, new(new DeadLetterStore(Store, new(new EphemeralDataProtectionProvider())), Queue), Settings.Create(new SocialOptions()));

        await InTransactionAsync(transaction => outcomes.EndUnapprovedAsync(transaction, Ct));
        await InTransactionAsync(transaction => outcomes.EndUnapprovedAsync(transaction, Ct));

        var post = (await new PostReads(Store, Settings.Create(new SocialOptions())).FindAsync(jobId, Ct))!;
        Assert.Equal(("failed", asked.Id), (post.Status, post.ApprovalId));
        Assert.All(post.Accounts, account => Assert.Equal("It was rejected: not our tone", account.Error));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from dead_letters"));
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("""{"text":"","accountIds":["acc-1"]}""")]
    [InlineData("""{"text":"Hello","accountIds":[]}""")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1","acc-1"]}""")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1"],"link":"https://shop.example"}""")]
    public async Task An_edit_that_is_no_post_is_refused(string content)
    {
        var (_, asked) = await AskForPostAsync();

        await Assert.ThrowsAsync<ContentRefusedException>(() => Approvals.EditAsync(asked.Id, asked.Hash, content, "ada", Ct));

        Assert.Equal(asked.Hash, (await NowAsync(asked)).Hash);
    }

    private static NewPost Post(string text) => new(Guid.Empty, text, null, [new("acc-1", "facebook", "Shop"), new("acc-2", "facebook", "Shop 2")], null) { Actor = "bot" };

    private async Task<(string JobId, Approval Asked)> AskForPostAsync()
    {
        var jobId = (await Intake.AcceptAsync(Post("Hello"), Ct)).JobId!;
        var id = await ScalarAsync<Guid>("select approval_id from social_posts where job_id = @jobId", new { jobId });

        return (jobId, (await Reads.FindAsync(id, Ct))!);
    }

    private async Task<Guid> SendAsync(Approval approval, bool repeats)
    {
        var (attempt, action) = (Guid.CreateVersion7(), (ApprovedAction?)null);
        await InTransactionAsync(async transaction => action = await Ledger.BeginAsync(transaction, approval.Id, attempt, repeats, Ct));
        await Release.SendAsync(action!, Ct);
        return attempt;
    }

    private Task<string?> StandingAsync(string jobId) => ScalarAsync<string?>(
        """
        select format('%s on %s: %s jobs, %s', p.body, string_agg(t.account_id, ', ' order by t.account_id),
            (select count(*) from jobs where id = p.send_job), case when p.released_at is null then 'held' else 'released' end)
        from social_posts p join social_targets t using (job_id) where job_id = @jobId group by p.job_id
        """,
        new { jobId });
}
