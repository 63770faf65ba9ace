using System.Net;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Social;
using HotDash.Integrations.Supabase;
using HotDash.Pollers.Jobs.Social;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs.Social;

public sealed class MirrorReceiptsTests(PostgresFixture postgres) : IDisposable
{
    private readonly StubProvider _supabase = new();

    [Fact]
    public async Task Every_account_of_a_finished_post_gets_a_row()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        world.Publer.FailingAccounts["acc-2"] = "Daily limit reached";
        var jobId = await world.AcceptAsync("Hello", "acc-1", "acc-2");
        await world.RunForAsync(TimeSpan.FromMinutes(1));
        _supabase.Replies(HttpStatusCode.Created);

        await RunAsync(world, jobId, live: true);

        var request = Assert.Single(_supabase.Requests);
        Assert.EndsWith("/social_receipts", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(jobId, request.Body, StringComparison.Ordinal);
        Assert.Contains("complete", request.Body, StringComparison.Ordinal);
        Assert.Contains("Daily limit reached", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Supabase_is_off_nothing_is_called()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(TimeSpan.FromMinutes(1));

        await RunAsync(world, jobId, live: false);

        Assert.Empty(_supabase.Requests);
    }

    [Fact]
    public async Task What_Supabase_refuses_is_a_dead_letter_until_it_takes_it()
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        var jobId = await world.AcceptAsync("Hello");
        await world.RunForAsync(TimeSpan.FromMinutes(1));
        _supabase.Replies(HttpStatusCode.BadRequest).Replies(HttpStatusCode.Created);

        await RunAsync(world, jobId, live: true);
        var kept = Assert.Single(await world.LettersAsync());
        await RunAsync(world, jobId, live: true);

        Assert.Equal(("supabase", "save-receipts", LetterState.Pending), (kept.Integration, kept.Operation, kept.State));
        Assert.Equal(LetterState.Replayed, (await world.LetterAsync(kept.Id)).State);
    }

    public void Dispose() => _supabase.Dispose();

    private async Task RunAsync(SocialWorld world, string jobId, bool live)
    {
        await using var provider = SupabaseServices.Create(_supabase, live);
        var job = new MirrorReceipts(provider.GetRequiredService<SupabaseClient>(), provider.GetRequiredService<SupabaseOptions>(), world.Reads, world.ReceiptLetters);
        await job.RunAsync(new MirrorReceiptsPayload(jobId), await world.ContextAsync(), TestContext.Current.CancellationToken);
    }
}
