using HotDash.ControlPlane.Social;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Social;

/// <summary>Publer shows ten posts a page. On a day with many posts some page fails at nearly every look-up.</summary>
public sealed class LongListTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_a_page_shows_counts_although_the_next_one_cannot_be_read()
    {
        await using var world = await WorldAsync();
        var (first, second) = (await world.AcceptAsync("First"), await world.AcceptAsync("Second"));

        await world.RunForAsync(5 * Minute);

        Assert.Equal(("complete", "processing"), ((await world.PostAsync(first)).Status, (await world.PostAsync(second)).Status));
        Assert.Single(world.Publer.Submissions);
    }

    [Fact]
    public async Task What_no_page_shows_is_left_to_a_person_as_long_as_one_cannot_be_read()
    {
        await using var world = await WorldAsync(new SocialOptions { LookUpLimit = 10 * Minute });
        var (first, second) = (await world.AcceptAsync("First"), await world.AcceptAsync("Second"));

        await world.RunForAsync(15 * Minute);

        Assert.Equal(("complete", "failed"), ((await world.PostAsync(first)).Status, (await world.PostAsync(second)).Status));
        Assert.True((await world.PostAsync(second)).Accounts.Single().Unknown);
        Assert.Single(world.Publer.Submissions);
    }

    [Fact]
    public async Task No_page_is_read_behind_the_one_with_the_last_of_the_posts()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.PerPage = 1;
        for (var number = 0; number < 3; number++)
            await world.AcceptAsync($"Post {number}", "acc-1");

        await world.RunForAsync(Minute);
        var before = world.Publer.Calls.Count;
        await world.AcceptAsync("Another", "acc-2");
        world.Publer.NewestFirst = true;
        await world.RunForAsync(Minute);

        Assert.Equal([0], world.Publer.Calls.Skip(before).Where(call => call.IsList).Select(call => call.Page));
    }

    [Fact]
    public async Task A_long_list_is_read_in_vain_only_once_before_the_time_at_which_that_proves_something()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        (world.Publer.PerPage, world.Publer.NewestFirst) = (1, true);
        for (var number = 0; number < 12; number++)
            await world.AcceptAsync($"Post {number}");
        await world.RunForAsync(Minute);
        var (before, sent) = (world.Publer.Calls.Count, 0);
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission && sent++ == 0 ? Fate.Dropped : Fate.Delivered);

        var lost = await world.AcceptAsync("Lost");
        await world.RunForAsync(5 * Minute);

        Assert.Equal("complete", (await world.PostAsync(lost)).Status);
        Assert.Equal(2, world.Publer.Calls.Skip(before).Count(call => call.IsList && call.Page == 11));
    }

    /// <summary>Both posts go in one call, whose answer is lost. The second page can never be read.</summary>
    private async Task<SocialWorld> WorldAsync(SocialOptions? options = null)
    {
        var world = await SocialWorld.CreateAsync(postgres, options);
        world.Publer.PerPage = 1;
        world.Publer.OnCall = call => Task.FromResult(call.IsSubmission ? Fate.AnswerLost : call.Page > 0 ? Fate.Unavailable : Fate.Delivered);

        return world;
    }
}
