using HotDash.ControlPlane.Budgets;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Budgets;

public sealed class PostgresTokenBudgetTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task The_limit_holds_in_any_window_and_the_wait_is_told()
    {
        var budget = Budget(Store);
        for (var i = 0; i < 3; i++)
            Assert.Null(await budget.TryTakeAsync("publer", 1, Ct));

        var wait = await budget.TryTakeAsync("publer", 1, Ct);
        var early = await Budget(After(TimeSpan.FromSeconds(60))).TryTakeAsync("publer", 1, Ct);
        var later = await Budget(After(TimeSpan.FromSeconds(63))).TryTakeAsync("publer", 1, Ct);

        Assert.InRange(wait!.Value.TotalSeconds, 50, 62);
        Assert.NotNull(early); // a call may have been slower than the next one: a margin is kept
        Assert.Null(later);
    }

    [Fact]
    public async Task A_burst_at_the_end_of_one_window_counts_in_the_next()
    {
        await Budget(Store).TryTakeAsync("publer", 1, Ct);
        var end = Budget(After(TimeSpan.FromSeconds(58)));
        Assert.Null(await end.TryTakeAsync("publer", 1, Ct));
        Assert.Null(await end.TryTakeAsync("publer", 1, Ct));

        var next = Budget(After(TimeSpan.FromSeconds(65)));
        var first = await next.TryTakeAsync("publer", 1, Ct);
        var second = await next.TryTakeAsync("publer", 1, Ct);

        Assert.Null(first);
        Assert.InRange(second!.Value.TotalSeconds, 45, 60);
    }

    [Fact]
    public async Task Of_many_askers_at_once_exactly_as_many_as_allowed_get_a_token()
    {
        var budget = Budget(Store);

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => budget.TryTakeAsync("publer", 1, Ct).AsTask()));

        Assert.Equal(3, waits.Count(wait => wait is null));
    }

    [Fact]
    public async Task An_integration_without_a_limit_does_not_trouble_the_store()
    {
        var wait = await Budget(Away()).TryTakeAsync("supabase", 1, Ct);

        Assert.Null(wait);
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_store_is_away()
    {
        var failed = await Assert.ThrowsAsync<IntegrationException>(() => Budget(Away()).TryTakeAsync("publer", 1, Ct).AsTask());

        Assert.Equal((IntegrationCodes.Unavailable, true, false), (failed.Code, failed.Retryable, failed.OutcomeUnknown));
    }

    private static PostgresTokenBudget Budget(NpgsqlDataSource store)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Integrations:Limits:publer"] = "3/1m" };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddPubler()
            .AddSupabase()
            .BuildServiceProvider();

        return new(store, services.GetServices<IntegrationOptions>());
    }
}
