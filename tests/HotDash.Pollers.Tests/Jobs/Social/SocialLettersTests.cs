using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Social;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Social;

public sealed class SocialLettersTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Each simulated minute costs several turns of a job.</summary>
    private static readonly SocialOptions Hasty = new() { LookUpLimit = 3 * Minute, MissedAfter = Minute };

    [Fact]
    public async Task A_post_that_failed_is_a_dead_letter_and_is_published_when_it_is_replayed()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, new SocialOptions { MaxTries = 2 });
        world.Publer.OnCall = _ => Task.FromResult(Fate.Refused);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(5 * Minute);
        var failed = (await world.PostAsync(jobId)).Accounts.Single();
        var letter = await world.LetterAsync(failed.DeadLetterId!.Value);

        world.Publer.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.ReplayAsync();
        await world.RunForAsync(5 * Minute);

        Assert.Equal(("publer", "publish-post", "network", LetterState.Pending), (letter.Integration, letter.Operation, letter.Failure, letter.State));
        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Equal(LetterState.Replayed, (await world.LetterAsync(letter.Id)).State);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task A_post_of_unknown_outcome_that_is_there_is_found_and_not_sent_again()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, Hasty);
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission ? Fate.AnswerLost : Fate.Unavailable);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(5 * Minute);
        var unknown = await world.LetterAsync((await world.PostAsync(jobId)).Accounts.Single().DeadLetterId!.Value);

        world.Publer.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.ReplayAsync();
        await world.RunForAsync(5 * Minute);

        Assert.Equal((LetterState.Unknown, "outcome_unknown"), (unknown.State, unknown.Failure));
        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task A_post_of_unknown_outcome_that_is_not_there_is_sent()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, Hasty);
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission ? Fate.Dropped : Fate.Unavailable);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(5 * Minute);

        world.Publer.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.ReplayAsync();
        await world.RunForAsync(5 * Minute);

        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task A_replayed_post_that_fails_again_is_the_same_letter_and_counts_as_failed()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.OnCall = _ => Task.FromResult(Fate.Rejected);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(Minute);
        var first = (await world.PostAsync(jobId)).Accounts.Single().DeadLetterId;

        var replay = await world.ReplayAsync();
        await world.RunForAsync(Minute);

        Assert.Equal(first, (await world.PostAsync(jobId)).Accounts.Single().DeadLetterId);
        Assert.Equal(1, (await world.Replays.FindAsync(replay, TestContext.Current.CancellationToken))!.Progress.Failed);
    }

    [Fact]
    public async Task A_post_whose_time_has_passed_is_published_late_when_somebody_asks_for_it()
    {
        await using var world = await SocialWorld.CreateAsync(postgres, Hasty);
        world.Publer.OnCall = _ => Task.FromResult(Fate.Limited);
        var jobId = (await world.AcceptAsync("Hello", world.Now + Minute, "acc-1")).JobId!;
        await world.RunForAsync(3 * Minute);
        var missed = await world.LetterAsync((await world.PostAsync(jobId)).Accounts.Single().DeadLetterId!.Value);

        world.Publer.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.ReplayAsync();
        await world.RunForAsync(5 * Minute);

        Assert.Equal("missed", missed.Failure);
        Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
        Assert.Single(world.Publer.Posts);
    }

    [Fact]
    public async Task What_Publer_says_about_a_post_stays_out_of_the_letter()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.FailingAccounts["acc-1"] = "Ada Lovelace is over her daily limit";
        var jobId = await world.AcceptAsync("Hello");

        await world.RunForAsync(5 * Minute);

        var account = (await world.PostAsync(jobId)).Accounts.Single();
        Assert.Contains("Lovelace", account.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", (await world.LetterAsync(account.DeadLetterId!.Value)).Summary, StringComparison.Ordinal);
    }
}
