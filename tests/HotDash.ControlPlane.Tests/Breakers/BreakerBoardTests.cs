using System.Net;
using HotDash.ControlPlane.Breakers;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.ControlPlane.Tests.Breakers;

public sealed class BreakerBoardTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_fleet_sees_each_process_and_the_worst_state_of_all()
    {
        await using var healthy = Process();
        await using var broken = Process(new StubProvider().Replies(HttpStatusCode.ServiceUnavailable));
        await FailAsync(broken);

        await ShowAsync(healthy, "a:1");
        await ShowAsync(broken, "b:2");

        var breaker = Assert.Single(await new BreakerReads(Store).ListAsync(Ct));
        Assert.Equal(("publer", BreakerState.Open), (breaker.Integration, breaker.State));
        Assert.Equal([("a:1", BreakerState.Closed), ("b:2", BreakerState.Open)], breaker.Processes.Select(process => (process.Process, process.State)));
        Assert.Null(breaker.Processes[0].RefusesFor);
        Assert.InRange(breaker.Processes[1].RefusesFor!.Value.TotalSeconds, 50, 60);
    }

    [Fact]
    public async Task A_process_that_says_nothing_any_more_is_left_out()
    {
        await using var process = Process();
        await ShowAsync(process, "a:1");

        var soon = await new BreakerReads(After(TimeSpan.FromSeconds(10))).ListAsync(Ct);
        var later = await new BreakerReads(After(TimeSpan.FromSeconds(16))).ListAsync(Ct);

        Assert.Single(soon);
        Assert.Empty(later);
    }

    [Fact]
    public async Task A_reset_reaches_a_process_with_its_next_look_and_only_once()
    {
        await using var process = Process(new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.ServiceUnavailable));
        var (board, breakers) = (Board(process), process.GetRequiredService<IBreakers>());
        await board.ExchangeAsync(breakers, "a:1", Ct);
        await FailAsync(process);

        await board.ResetAsync("publer", "Ada", Ct);
        await board.ExchangeAsync(breakers, "a:1", Ct);
        var reset = breakers["publer"].State;
        await FailAsync(process);
        await board.ExchangeAsync(breakers, "a:1", Ct);

        Assert.Equal((BreakerState.Closed, BreakerState.Open), (reset, breakers["publer"].State));
    }

    [Fact]
    public async Task A_reset_from_before_a_process_began_is_no_business_of_it()
    {
        await using var process = Process(new StubProvider().Replies(HttpStatusCode.ServiceUnavailable));
        var (board, breakers) = (Board(process), process.GetRequiredService<IBreakers>());
        await Board(process).ResetAsync("publer", "Ada", Ct);
        await FailAsync(process);

        await board.ExchangeAsync(breakers, "a:1", Ct);

        Assert.Equal(BreakerState.Open, breakers["publer"].State);
    }

    [Fact]
    public async Task A_running_process_shows_changes_and_hears_resets_at_once_and_withdraws_when_it_stops()
    {
        await using var process = Process(new StubProvider().Replies(HttpStatusCode.ServiceUnavailable));
        using var board = Board(process);
        await board.StartAsync(Ct);
        await UntilAsync(BreakerState.Closed);
        while (await ScalarAsync<int>("select count(*) from pg_stat_activity where datname = current_database() and query = 'listen hotdash_breakers'") == 0)
            await Task.Yield();

        await FailAsync(process);
        await UntilAsync(BreakerState.Open);
        await board.ResetAsync("publer", "Ada", Ct);
        await UntilAsync(BreakerState.Closed);
        await board.StopAsync(Ct);

        Assert.Empty(await new BreakerReads(Store).ListAsync(Ct));
    }

    private async Task UntilAsync(BreakerState state)
    {
        while (await new BreakerReads(Store).ListAsync(Ct) is not [var breaker] || breaker.State != state)
            await Task.Yield();
    }

    private Task ShowAsync(ServiceProvider process, string name) => Board(process).ExchangeAsync(process.GetRequiredService<IBreakers>(), name, Ct);

    private static Task<IntegrationException> FailAsync(ServiceProvider process) =>
        Assert.ThrowsAnyAsync<IntegrationException>(() => process.GetRequiredService<PublerClient>().ListAccountsAsync(Ct));

    private BreakerBoard Board(ServiceProvider process) => new([process.GetRequiredService<IBreakers>()], Store, _clock, NullLogger<BreakerBoard>.Instance);

    /// <summary>With a breaker that opens at the first failure.</summary>
    private ServiceProvider Process(StubProvider? publer = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PUBLER_LIVE"] = "true",
            ["PUBLER_API_KEY"] = "test-key",
            ["PUBLER_WORKSPACE_ID"] = "ws-1",
            ["Integrations:publer:CircuitBreaker:FailureThreshold"] = "1",
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging()
            .AddMetrics()
            .AddPubler(Attempts.One);
        services.AddHttpClient("publer").ConfigurePrimaryHttpMessageHandler(() => publer ?? new StubProvider());

        return services.BuildServiceProvider();
    }
}
