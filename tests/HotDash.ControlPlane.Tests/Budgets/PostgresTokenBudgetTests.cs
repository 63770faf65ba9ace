using System.Diagnostics.Metrics;
using HotDash.ControlPlane.Budgets;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Budgets;

public sealed class PostgresTokenBudgetTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_limit_holds_for_all_processes_and_the_wait_is_told()
    {
        await using var one = Budget(Store);
        await using var other = Budget(Store);
        Assert.Null(await one.TryTakeAsync("publer", 1, Ct));
        Assert.Null(await other.TryTakeAsync("publer", 1, Ct));
        await TakeAllAsync(one, other);

        var wait = await one.TryTakeAsync("publer", 1, Ct);

        Assert.InRange(wait!.Value.TotalSeconds, 0.01, 63);
    }

    [Fact]
    public async Task Of_many_askers_at_once_no_more_than_allowed_get_a_token()
    {
        await using var one = Budget(Store);
        await using var other = Budget(Store);

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).TryTakeAsync("publer", 1, Ct).AsTask()));

        Assert.InRange(waits.Count(wait => wait is null), 2, 3);
    }

    [Fact]
    public async Task What_was_used_and_given_back_rests_for_a_window_in_the_store()
    {
        await using (var gone = Budget(Store))
            await TakeAllAsync(gone);

        await using var early = Budget(After(TimeSpan.FromSeconds(60)));
        await using var later = Budget(After(TimeSpan.FromSeconds(63)));

        Assert.NotNull(await early.TryTakeAsync("publer", 1, Ct)); // a call may have been slower than the next one: a margin is kept
        Assert.Null(await later.TryTakeAsync("publer", 1, Ct));
    }

    [Fact]
    public async Task What_a_killed_process_held_rests_from_the_end_of_its_lease()
    {
        var killed = Budget(Store);
        Assert.Null(await killed.TryTakeAsync("publer", 1, Ct));

        await using var early = Budget(After(TimeSpan.FromSeconds(5)));
        await using var later = Budget(After(TimeSpan.FromSeconds(69)));
        var taken = await TakeAllAsync(early);

        Assert.Equal(2, taken);
        Assert.Null(await later.TryTakeAsync("publer", 1, Ct));
    }

    [Fact]
    public async Task Taking_from_the_hand_does_not_trouble_the_store_and_allocates_nothing()
    {
        await using var store = new BreakableStore(ConnectionString);
        await using var budget = Budget(store.Store, "1000/1m");
        for (var i = 0; i < 10; i++)
            Assert.Null(await budget.TryTakeAsync("publer", 1, Ct));
        store.Break();
        Assert.Null(await budget.TryTakeAsync("publer", 1, Ct));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var wait = budget.TryTakeAsync("publer", 1, Ct);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Null(await wait);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Past_its_lease_a_process_sends_nothing_until_the_store_is_back()
    {
        await using var store = new BreakableStore(ConnectionString);
        await using var budget = Budget(store.Store, "1000/1m");
        Assert.Null(await budget.TryTakeAsync("publer", 1, Ct));
        store.Break();
        _clock.Advance(BudgetTiming.Lease);

        var failed = await Assert.ThrowsAsync<IntegrationException>(() => budget.TryTakeAsync("publer", 1, Ct).AsTask());

        Assert.Equal((IntegrationCodes.Unavailable, true, false), (failed.Code, failed.Retryable, failed.OutcomeUnknown));
    }

    [Fact]
    public async Task A_share_is_renewed_while_it_is_used_and_given_back_when_it_is_not()
    {
        await using var budget = Budget(Store, "100/1m");
        Assert.Null(await budget.TryTakeAsync("publer", 1, Ct));
        var begun = await VersionAsync();

        for (var renewal = 0; renewal < 2; renewal++)
            await _clock.PassAsync(BudgetTiming.Renew, Ct);
        while (await ScalarAsync<int>("select cardinality(share_ids) from budgets") > 0)
            await Task.Yield();

        Assert.InRange(await VersionAsync(), begun + 2, begun + 3);
        Assert.Equal(100, await ScalarAsync<int>("select cardinality(array_positions(held_by, null)) from budgets"));
    }

    [Fact]
    public async Task A_call_that_costs_more_than_the_whole_limit_is_a_mistake()
    {
        await using var budget = Budget(Store);

        var mistake = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => budget.TryTakeAsync("publer", 4, Ct).AsTask());

        Assert.Contains("costs 1 to 3 tokens", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_integration_without_a_limit_does_not_trouble_the_store()
    {
        await using var budget = Budget(Away());

        Assert.Null(await budget.TryTakeAsync("supabase", 1, Ct));
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_store_is_away()
    {
        await using var budget = Budget(Away());

        var failed = await Assert.ThrowsAsync<IntegrationException>(() => budget.TryTakeAsync("publer", 1, Ct).AsTask());

        Assert.Equal((IntegrationCodes.Unavailable, true, false), (failed.Code, failed.Retryable, failed.OutcomeUnknown));
    }

    [Fact]
    public async Task People_see_what_is_left_and_who_holds_what()
    {
        await using var budget = Budget(Store);
        var taken = await TakeAllAsync(budget);
        await budget.DisposeAsync();
        await using var holder = Budget(Store, "3/1m");
        await holder.TryTakeAsync("publer", 1, Ct);

        var view = Assert.Single(await new BudgetReads(Store).ListAsync(Ct));

        Assert.Equal(("publer", 3, TimeSpan.FromMinutes(1), 3 - taken), (view.Integration, view.Limit, view.Window, view.Left));
        Assert.Equal(0, Assert.Single(view.Shares).Tokens);
        Assert.InRange(view.NextFreeIn!.Value.TotalSeconds, 50, 63);
    }

    [Fact]
    public async Task A_large_call_is_not_kept_waiting_by_a_slot_that_is_used_in_part()
    {
        await using var budget = Budget(Store, "1280/1m"); // slots of ten
        await budget.TryTakeAsync("publer", 15, Ct);

        var wait = await budget.TryTakeAsync("publer", 500, Ct);

        Assert.Null(wait);
    }

    [Fact]
    public async Task When_the_provider_says_that_less_is_left_its_word_counts_until_it_has_refilled()
    {
        await using var budget = Budget(Store, "60/1m");
        await budget.TryTakeAsync("publer", 1, Ct);

        budget.Report("publer", new(Remaining: 4));
        var within = await budget.TryTakeAsync("publer", 3, Ct);
        var beyond = await budget.TryTakeAsync("publer", 3, Ct);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var later = await budget.TryTakeAsync("publer", 3, Ct);

        Assert.Equal((null, TimeSpan.FromSeconds(2), null), (within, beyond, later));
    }

    private static async Task<int> TakeAllAsync(params PostgresTokenBudget[] budgets)
    {
        var taken = 0;
        foreach (var budget in budgets)
        {
            for (var i = 0; i < 4; i++)
                taken += await budget.TryTakeAsync("publer", 1, Ct) is null ? 1 : 0;
        }

        return taken;
    }

    private Task<long> VersionAsync() => ScalarAsync<long>("select version from budgets");

    private PostgresTokenBudget Budget(NpgsqlDataSource store, string limit = "3/1m")
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Integrations:Limits:publer"] = limit };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddMetrics()
            .AddPubler()
            .AddSupabase()
            .BuildServiceProvider();

        return new(
            new BudgetStore(store), services.GetServices<IntegrationOptions>(), new(services.GetRequiredService<IMeterFactory>()), _clock,
            NullLogger<PostgresTokenBudget>.Instance);
    }
}
