using HotDash.ControlPlane.Social;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Social;

public sealed class DeliveryTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_post_is_sent_and_followed_until_it_is_complete_on_all_accounts()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var jobId = await world.AcceptAsync("Hello", "acc-1", "acc-2");

        await world.RunForAsync(Minute);

        var post = await world.PostAsync(jobId);
        Assert.Equal(("complete", false), (post.Status, post.Late));
        Assert.All(post.Accounts, account => Assert.Equal(("complete", "job-1"), (account.Status, account.ProviderJobId)));
        Assert.All(post.Accounts, account => Assert.StartsWith("https://posts.example/", account.PostLink, StringComparison.Ordinal));
        Assert.Equal(2, world.Publer.Posts.Count);
    }

    [Fact]
    public async Task Posts_that_wait_together_go_in_one_call()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        for (var number = 0; number < 30; number++)
            await world.AcceptAsync($"Post {number}");

        await world.RunForAsync(Minute);

        Assert.Equal([25, 5], world.Publer.Submissions.Select(call => call.Posts.Count));
        Assert.Equal(30, world.Publer.Posts.Count);
    }

    [Fact]
    public async Task A_lost_answer_is_looked_up_and_the_post_is_not_sent_again()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission ? Fate.AnswerLost : Fate.Delivered);
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
        Assert.Single(world.Publer.Submissions);
    }

    [Theory]
    [InlineData(nameof(Fate.Dropped))]
    [InlineData(nameof(Fate.Unavailable))]
    public async Task A_call_that_had_no_effect_is_repeated_only_after_the_whole_window(string fate)
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var sent = new List<DateTimeOffset>();
        world.Publer.OnCall = call =>
        {
            if (call.IsSubmission)
                sent.Add(world.Now);
            return Task.FromResult(call.IsSubmission && sent.Count == 1 ? Enum.Parse<Fate>(fate) : Fate.Delivered);
        };
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Equal(2, sent.Count);
        Assert.True(sent[1] - sent[0] >= new SocialOptions().SettleWindow);
    }

    [Fact]
    public async Task A_connection_that_was_refused_is_tried_again_at_once_since_nothing_was_sent()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var calls = 0;
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission && calls++ == 0 ? Fate.Refused : Fate.Delivered);
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task What_cannot_be_delivered_fails_after_the_last_try_and_is_kept()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, new SocialOptions { MaxTries = 3 });
        world.Publer.OnCall = _ => Task.FromResult(Fate.Refused);
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        var account = (await world.PostAsync(jobId)).Accounts.Single();
        Assert.Equal(("failed", false), (account.Status, account.Unknown));
        Assert.Contains("Undeliverable after 3 tries", account.Error, StringComparison.Ordinal);
        Assert.Equal(3, world.Publer.Submissions.Count());
    }

    [Fact]
    public async Task Being_over_the_limit_waits_as_long_as_it_is_told_and_costs_no_try()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, new SocialOptions { MaxTries = 1 });
        var calls = 0;
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission && calls++ < 3 ? Fate.Limited : Fate.Delivered);
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task A_post_that_Publer_refuses_fails_without_taking_others_with_it()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.OnCall = call => Task.FromResult(call.Posts.Any(post => post.Text == "Bad") ? Fate.Rejected : Fate.Delivered);
        var bad = await world.AcceptAsync("Bad");
        var good = await world.AcceptAsync("Good");

        await world.RunForAsync(Minute);

        Assert.Equal(("failed", "complete"), ((await world.PostAsync(bad)).Status, (await world.PostAsync(good)).Status));
        Assert.Contains("refused", (await world.PostAsync(bad)).Accounts.Single().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_with_failures_is_a_failure_of_those_accounts()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.FailingAccounts["acc-2"] = "Daily limit reached";
        var jobId = await world.AcceptAsync("Hello", "acc-1", "acc-2");
        var other = await world.AcceptAsync("Other", "acc-2");

        await world.RunForAsync(Minute);

        var post = await world.PostAsync(jobId);
        Assert.Equal("failed", post.Status);
        Assert.Equal(["complete", "failed"], post.Accounts.Select(account => account.Status));
        Assert.Equal("Daily limit reached", post.Accounts[1].Error);
        Assert.Equal("failed", (await world.PostAsync(other)).Status);
    }

    [Fact]
    public async Task A_job_that_never_ends_is_late_and_then_failed_with_a_reason()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        (world.Publer.NeverEnds, world.Publer.Lag) = (true, () => TimeSpan.FromDays(1));
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(6 * Minute);
        var late = await world.PostAsync(jobId);
        await world.RunForAsync(30 * Minute);
        var ended = await world.PostAsync(jobId);

        Assert.Equal(("processing", true), (late.Status, late.Late));
        Assert.Equal(("failed", false), (ended.Status, ended.Late));
        Assert.True(ended.Accounts.Single().Unknown);
    }

    [Fact]
    public async Task What_nobody_can_look_up_is_left_to_a_person_and_never_sent_again()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, new SocialOptions { LookUpLimit = TimeSpan.FromMinutes(10) });
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission ? Fate.AnswerLost : Fate.Unavailable);
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(15 * Minute);

        var account = (await world.PostAsync(jobId)).Accounts.Single();
        Assert.Equal(("failed", true), (account.Status, account.Unknown));
        Assert.Single(world.Publer.Submissions);
    }

    [Fact]
    public async Task Identical_posts_are_both_delivered_one_after_the_other()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var calls = 0;
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission && calls++ == 0 ? Fate.AnswerLost : Fate.Delivered);
        var first = await world.AcceptAsync("Hello");
        var second = await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        Assert.Equal(("complete", "complete"), ((await world.PostAsync(first)).Status, (await world.PostAsync(second)).Status));
        Assert.All(world.Publer.Submissions, call => Assert.Single(call.Posts));
        Assert.Equal(2, world.Publer.Posts.Count);
    }

    [Fact]
    public async Task An_account_where_a_lookalike_is_in_flight_is_not_forgotten_when_the_others_go()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var first = await world.AcceptAsync("Hello", "acc-1");
        await world.RunForAsync(TimeSpan.FromMilliseconds(1));

        var second = await world.AcceptAsync("Hello", "acc-1", "acc-2");
        await world.RunForAsync(Minute);

        Assert.Equal(("complete", "complete"), ((await world.PostAsync(first)).Status, (await world.PostAsync(second)).Status));
        Assert.Equal(3, world.Publer.Posts.Count);
    }

    [Fact]
    public async Task A_worker_that_dies_before_its_call_leaves_a_trace_that_is_followed()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var died = false;
        world.Publer.OnCall = call => died || !call.IsSubmission ? Task.FromResult(Fate.Delivered) : throw new WorkerDiedException();
        var jobId = await world.AcceptAsync("Hello");

        await Assert.ThrowsAsync<WorkerDiedException>(() => world.RunForAsync(Minute));
        died = true;
        await world.RunForAsync(5 * Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task A_post_for_later_is_handed_over_with_its_time()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var time = world.Now.AddDays(3);
        var jobId = (await world.AcceptAsync("Hello", time)).JobId!;

        await world.RunForAsync(Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Equal(time, world.Publer.Posts.Single().ScheduledAt);
    }

    [Fact]
    public async Task A_post_whose_time_is_too_near_to_hand_over_waits_for_it_and_goes_at_once()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var time = world.Now.AddSeconds(70);
        var jobId = (await world.AcceptAsync("Hello", time)).JobId!;

        await world.RunForAsync(2 * Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        var post = world.Publer.Posts.Single();
        Assert.Null(post.ScheduledAt);
        Assert.True(post.MadeAt >= time);
    }

    [Fact]
    public async Task A_post_that_missed_its_time_by_hours_is_not_published_any_more()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var jobId = (await world.AcceptAsync("Hello", world.Now.AddMinutes(10))).JobId!;
        await world.PassAsync(TimeSpan.FromHours(5));

        await world.RunForAsync(Minute);

        Assert.Equal("failed", (await world.PostAsync(jobId)).Status);
        Assert.Empty(world.Publer.Calls);
    }

    [Fact]
    public async Task An_account_that_turns_out_not_to_exist_or_to_take_no_text_fails_alone()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var jobId = await world.AcceptAsync("Hello", "acc-1", "nobody", SocialWorld.Pictures);

        await world.RunForAsync(Minute);

        var post = await world.PostAsync(jobId);
        Assert.Equal(["complete", "failed", "failed"], post.Accounts.Select(account => account.Status));
        Assert.Equal("Unknown account.", post.Accounts[2].Error);
        Assert.StartsWith("Its network (instagram) takes no text", post.Accounts[1].Error, StringComparison.Ordinal);
        Assert.Equal("acc-1", Assert.Single(world.Publer.Posts).AccountId);
    }

    [Fact]
    public async Task A_finished_post_leaves_no_job_but_the_one_that_mirrors_its_receipts()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        Assert.Equal(0, await world.CountAsync("jobs"));
        Assert.Equal(1, await world.CountAsync("social_receipts"));
    }
}

/// <summary>A process that ends at this very point: nothing of it runs any more.</summary>
public sealed class WorkerDiedException() : Exception("The worker died.");
