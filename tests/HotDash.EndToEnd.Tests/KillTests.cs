using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

/// <summary>Whatever dies in the middle of 200 posts: each accepted post is published exactly once. And so is a reply to a customer.</summary>
public sealed class KillTests(HotDashUnderFire fixture) : IClassFixture<HotDashUnderFire>
{
    private readonly RunningHotDash _hotDash = fixture.HotDash;

    [Fact]
    public async Task When_a_poller_is_killed_and_answers_are_lost()
    {
        var storm = NewStorm();
        var victim = (await _hotDash.FindAsync("pollers"))[0];
        await fixture.Sandbox.LoseAnswersAsync("/api/v1/posts/*", count: 2);

        await storm.RideOutAsync(() => Signals.KillAsync(victim.ProcessId!.Value));

        await storm.EachIsPublishedExactlyOnceAsync();
        await ReviveAsync(victim);
    }

    [Fact]
    public async Task When_a_poller_freezes_until_all_is_done_without_it_and_then_goes_on()
    {
        var storm = NewStorm();
        var afterwards = NewStorm(posts: 40);
        var victim = (await _hotDash.FindAsync("pollers"))[1];

        await storm.RideOutAsync(() => Signals.FreezeAsync(victim.ProcessId!.Value));
        await Signals.ThawAsync(victim.ProcessId!.Value);
        await afterwards.RideOutAsync(() => Task.CompletedTask);

        await storm.EachIsPublishedExactlyOnceAsync();
        await afterwards.EachIsPublishedExactlyOnceAsync();
    }

    [Fact]
    public async Task When_an_api_replica_and_Postgres_are_killed()
    {
        var storm = NewStorm();
        var replica = (await _hotDash.FindAsync("api"))[0];
        var postgres = (await _hotDash.FindAsync("postgres")).Single();

        await storm.RideOutAsync(async () =>
        {
            await Signals.KillAsync(replica.ProcessId!.Value);
            await Signals.KillAsync(postgres.ProcessId!.Value);
        });

        await storm.EachIsPublishedExactlyOnceAsync();
        await ReviveAsync(replica);
    }

    [Fact]
    public async Task When_the_pollers_are_killed_while_an_approved_reply_is_on_its_way_to_a_customer()
    {
        var reply = new Reply(_hotDash.Client, fixture.Sandbox, fixture.WebhookSecret);
        await reply.IsAskedForAsync();
        await reply.IsDraftedAsync();
        await fixture.Sandbox.ClearFaultsAsync();
        await fixture.Sandbox.DelayAsync("chatwoot", "*/messages", "3s");

        await reply.IsApprovedAsync();
        await Eventually.TrueAsync("the reply to be on its way", async _ => await fixture.Sandbox.CountFaultsAsync() == 0);
        var pollers = await _hotDash.FindAsync("pollers");
        foreach (var poller in pollers)
            await Signals.KillAsync(poller.ProcessId!.Value);
        await ReviveAsync([.. pollers]);

        await reply.IsSentAsync();
        Assert.Equal((1, 1), (await reply.CountAsync("note.created"), await reply.CountAsync("reply.sent")));
    }

    [Fact]
    public async Task When_the_AppHost_is_killed_nothing_is_left_and_the_next_one_goes_on()
    {
        var storm = NewStorm();

        await storm.RideOutAsync(async () =>
        {
            await _hotDash.KillAsync();
            await _hotDash.NothingIsLeftAsync();
            await _hotDash.StartAgainAsync();
        });

        await storm.EachIsPublishedExactlyOnceAsync();
    }

    private Storm NewStorm(int posts = 200) => new(_hotDash.Client, fixture.Sandbox, fixture.Account, posts);

    private async Task ReviveAsync(params RunningResource[] dead)
    {
        foreach (var resource in dead)
        {
            await Eventually.TrueAsync($"the death of {resource.Name} to be noticed", async _ => (await _hotDash.DescribeAsync()).Single(r => r.Name == resource.Name).State is not "Running");
            await _hotDash.Cli.RunAsync("resource", resource.Name, "start");
        }

        await _hotDash.ReadyAsync();
    }
}
