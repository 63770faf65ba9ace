using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;
using HotDash.Pollers.Jobs.Approvals;
using HotDash.Pollers.Tests.Jobs.DeadLetters;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Approvals;

public sealed class SendApprovedTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How the first call ends; what follows works.</summary>
    [Theory]
    [InlineData("ok", ApprovalState.Sent, 1, 0)]
    [InlineData("lost after", ApprovalState.Sent, 1, 1)] // it was found by its mark
    [InlineData("lost before", ApprovalState.Sent, 2, 2)] // it was not there when the window had passed
    [InlineData("died after", ApprovalState.Sent, 1, 1)]
    [InlineData("died before", ApprovalState.Sent, 2, 2)]
    [InlineData("limited", ApprovalState.Sent, 2, 0)]
    [InlineData("away", ApprovalState.Sent, 2, 0)]
    [InlineData("key refused", ApprovalState.Sent, 2, 0)]
    [InlineData("gone", ApprovalState.Failed, 1, 0)]
    public async Task However_the_call_ends_the_customer_gets_what_was_approved_at_most_once_and_nothing_is_lost(string call, ApprovalState expected, int sends, int looks)
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Calls.Enqueue(Plan(call));

        await world.RunForAsync(Hour);

        Assert.Equal((expected, sends, looks), ((await world.NowAsync(approved)).State, world.Customer.Sends, world.Customer.Looks));
        Assert.Equal(expected is ApprovalState.Sent ? ["On its way"] : [], world.Customer.Got);
    }

    /// <summary>Where the provider recognises a repetition, nothing is looked up: it is asked again.</summary>
    [Theory]
    [InlineData("lost after", ApprovalState.Sent, 2)]
    [InlineData("lost before", ApprovalState.Sent, 2)]
    [InlineData("died after", ApprovalState.Sent, 2)]
    [InlineData("limited", ApprovalState.Sent, 2)]
    [InlineData("refused", ApprovalState.Failed, 1)]
    public async Task What_is_recognised_is_sent_again_until_there_is_an_answer_and_has_its_effect_once(string call, ApprovalState expected, int sends)
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        world.Customer.RecognisesRepetition = true;
        var approved = await world.ApprovedAsync();
        world.Customer.Calls.Enqueue(Plan(call));

        await world.RunForAsync(Hour);

        Assert.Equal((expected, sends, 0), ((await world.NowAsync(approved)).State, world.Customer.Sends, world.Customer.Looks));
        Assert.Equal(expected is ApprovalState.Sent ? ["On its way"] : [], world.Customer.Got);
        Assert.Equal(expected is ApprovalState.Sent ? "5, then 8" : "5, refused", await world.ResultAsync(approved));
    }

    [Fact]
    public async Task What_may_have_had_its_effect_stays_unknown_when_its_time_is_over_and_is_not_sent_again()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        world.Customer.RecognisesRepetition = true;
        var approved = await world.ApprovedAsync();
        world.Customer.Calls.Enqueue(Plan("lost before"));
        world.Customer.Calls.Enqueue((false, new RateLimitException("shopify", TimeSpan.FromHours(30))));

        await world.RunForAsync(TimeSpan.FromMinutes(1));
        var atOnce = world.Customer.Sends;
        await world.RunForAsync(TimeSpan.FromDays(2));

        Assert.Equal((1, ApprovalState.Unknown, 2), (atOnce, (await world.NowAsync(approved)).State, world.Customer.Sends));
    }

    [Fact]
    public async Task Other_values_than_those_approved_go_back_to_people_who_see_both_and_decide_again()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync("5 to 8");
        world.Customer.Calls.Enqueue((false, new TargetChangedException("shopify", "6 to 8")));

        await world.RunForAsync(Hour);
        var stale = await world.NowAsync(approved);
        var before = world.Customer.Got.Count;
        await world.Approvals.ApproveAsync(stale.Id, stale.Hash, "ada", TestContext.Current.CancellationToken);
        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Pending, true, 2, 0, 0), (stale.State, stale.Stale, stale.Revision, stale.Sends, before));
        Assert.NotEqual(approved.Hash, stale.Hash);
        Assert.Equal((stale.Id, 2), world.Customer.Composed);
        Assert.Equal(["5 to 8", "6 to 8"], await world.WordsAsync(stale));
        Assert.Equal((ApprovalState.Sent, "6 to 8"), ((await world.NowAsync(approved)).State, Assert.Single(world.Customer.Got)));
    }

    [Fact]
    public async Task What_never_arrives_is_given_up_after_three_times_and_says_so()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        for (var time = 0; time < 9; time++)
            world.Customer.Calls.Enqueue(Plan("lost before"));

        await world.RunForAsync(Hour);

        var now = await world.NowAsync(approved);
        Assert.Equal((ApprovalState.Failed, 3, "It was sent 3 times, and never arrived."), (now.State, world.Customer.Sends, now.Reason));
    }

    [Fact]
    public async Task A_call_that_does_not_end_in_time_is_given_up_and_looked_up()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Meanwhile = () => world.PassAsync(new ApprovalOptions().CallDeadline);

        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Sent, 1, 1), ((await world.NowAsync(approved)).State, world.Customer.Sends, world.Customer.Looks));
    }

    [Fact]
    public async Task What_cannot_be_sent_yet_waits_for_as_long_as_the_provider_says_or_for_pollers_that_know_how()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Silences.Enqueue(new RateLimitException("chatwoot", TimeSpan.FromMinutes(5)));

        await world.RunForAsync(TimeSpan.FromMinutes(4));
        var early = world.Customer.Sends;
        await world.ExecuteAsync("update approvals set kind = 'social.post'");
        await world.RunForAsync(Hour);
        var (before, sends) = ((await world.NowAsync(approved)).State, world.Customer.Sends);
        await world.ExecuteAsync("update approvals set kind = 'support.reply'");
        await world.RunForAsync(Hour);

        Assert.Equal((0, ApprovalState.Approved, 0), (early, before, sends));
        Assert.Equal((ApprovalState.Sent, 1), ((await world.NowAsync(approved)).State, world.Customer.Sends));
    }

    [Fact]
    public async Task All_whose_time_is_over_expire_however_many_they_are()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        await world.AskAsync("On its way");
        await world.ExecuteAsync("insert into approvals select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from approvals a, generate_series(1, 100)");
        await world.PassAsync(TimeSpan.FromDays(2));

        await new ExpireApprovals().RunAsync(await world.ContextAsync(), TestContext.Current.CancellationToken);

        Assert.Equal(101, await world.CountAsync("approvals where state = 'expired'"));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_cannot_say_how_its_call_ended_and_the_next_one_finds_it()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        var first = (await world.ClaimAsync())!;
        world.Customer.Meanwhile = async () =>
        {
            world.Customer.Meanwhile = null;
            await world.PassAsync(TimeSpan.FromMinutes(2));
            await world.RunAsync((await world.ClaimAsync())!); // it gives the call up, and looks
        };

        await world.RunAsync(first);
        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Sent, 1), ((await world.NowAsync(approved)).State, world.Customer.Sends));
    }

    [Fact]
    public async Task A_customer_who_wrote_meanwhile_is_not_answered_before_somebody_has_approved_it_again()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Version = "9";

        await world.RunForAsync(Hour);
        var stale = await world.NowAsync(approved);
        var before = world.Customer.Sends;
        await world.Approvals.ApproveAsync(stale.Id, stale.Hash, "ada", TestContext.Current.CancellationToken);
        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Pending, true, 0), (stale.State, stale.Stale, before));
        var sent = await world.NowAsync(approved);
        Assert.Equal((ApprovalState.Sent, false, "On its way"), (sent.State, sent.Stale, Assert.Single(world.Customer.Got)));
    }

    [Fact]
    public async Task What_has_nobody_to_reach_any_more_fails_at_once_and_says_so()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Silences.Enqueue(new IntegrationException("chatwoot", IntegrationCodes.NotFound, "there is no such conversation"));

        await world.RunForAsync(TimeSpan.FromSeconds(5));

        var now = await world.NowAsync(approved);
        Assert.Equal((ApprovalState.Failed, 0), (now.State, world.Customer.Sends));
        Assert.Contains("no such conversation", now.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_sent_in_time_is_not_sent_any_more()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Calls.Enqueue((false, new RateLimitException("chatwoot", TimeSpan.FromHours(30))));

        await world.RunForAsync(TimeSpan.FromDays(2));

        Assert.Equal((ApprovalState.Expired, 1), ((await world.NowAsync(approved)).State, world.Customer.Sends));
        Assert.Empty(world.Customer.Got);
    }

    [Fact]
    public async Task What_was_approved_for_another_account_is_not_sent_to_this_one()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approved = await world.ApprovedAsync();
        world.Customer.Account = "2";

        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Failed, 0), ((await world.NowAsync(approved)).State, world.Customer.Sends));
    }

    [Fact]
    public async Task What_nobody_approved_is_not_sent_whatever_the_queue_says()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var asked = await world.AskAsync("On its way");
        await world.ExecuteAsync(
            "insert into jobs (id, kind, payload, due_at, max_attempts) values (gen_random_uuid(), 'approvals.send', @payload, hotdash_now(), 5)",
            new { payload = $$"""{"approvalId":"{{asked.Id}}"}""" });

        await world.RunForAsync(Hour);

        Assert.Equal((ApprovalState.Pending, 0), ((await world.NowAsync(asked)).State, world.Customer.Sends));
    }

    private static (bool HasEffect, Exception? Failure) Plan(string call) => call switch
    {
        "lost after" => (true, Lost()),
        "lost before" => (false, Lost()),
        "died after" => (true, new WorkerDied()),
        "died before" => (false, new WorkerDied()),
        "limited" => (false, new RateLimitException("chatwoot", TimeSpan.FromSeconds(5))),
        "away" => (false, new IntegrationException("chatwoot", IntegrationCodes.Unavailable, "it is away", retryable: true)),
        "key refused" => (false, new IntegrationException("chatwoot", IntegrationCodes.Unauthorized, "our key was refused", scope: FailureScope.Integration)),
        "refused" => (false, new ActionRefusedException("shopify", "it was refused", "5, refused")),
        "gone" => (false, new IntegrationException("chatwoot", IntegrationCodes.NotFound, "there is no such thing")),
        _ => (true, null),
    };

    private static NetworkException Lost() => new("chatwoot", "network", "the connection broke", outcomeUnknown: true);
}
