using System.Net;
using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Pauses;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Tests.Registry;

public sealed class IntegrationRegistryTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_one_process_disconnects_no_other_one_calls_until_one_connects_it()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]").Replies(HttpStatusCode.OK, "[]");
        await using var one = Process(wire);
        await using var other = Process(wire);

        await Registry(one).DisconnectAsync("publer", "maintenance", "Ada", Ct);
        var seen = await Registry(other).GetAsync("publer", Ct);
        var refusal = await Assert.ThrowsAsync<IntegrationPausedException>(() => CallAsync(other));
        var connected = await Registry(one).ConnectAsync("publer", "Ada", Ct);
        await other.GetRequiredService<PauseBoard>().RefreshAsync();
        await CallAsync(other);

        Assert.Equal((IntegrationStatus.Disconnected, "Ada: maintenance"), (seen!.Standing.Status, seen.Standing.Reason));
        Assert.Equal("publer: disconnected: maintenance", refusal.Message);
        Assert.Equal(IntegrationStatus.Connected, connected!.Standing.Status);
    }

    [Fact]
    public async Task To_connect_ends_a_pause_closes_the_breakers_and_forgets_what_was_seen_before()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]");
        await using var process = Process(wire, ("Integrations:publer:CircuitBreaker:FailureThreshold", "1"));
        var (board, breakers) = (process.GetRequiredService<BreakerBoard>(), process.GetRequiredService<IBreakers>());
        await board.ExchangeAsync(breakers, "a:1", Ct);
        await Assert.ThrowsAnyAsync<IntegrationException>(() => CallAsync(process));
        await new PauseStore(Store).PauseAsync("publer", "unavailable", Ct);
        await board.ExchangeAsync(breakers, "a:1", Ct);
        var before = await Registry(process).GetAsync("publer", Ct);

        await Registry(process).ConnectAsync("publer", "Ada", Ct);
        await board.ExchangeAsync(breakers, "a:1", Ct);
        await board.ExchangeAsync(breakers, "a:1", Ct);
        var after = await Registry(process).GetAsync("publer", Ct);

        Assert.Equal((IntegrationStatus.Error, BreakerState.Open), (before!.Standing.Status, before.Breaker!.State));
        Assert.Equal((IntegrationStatus.Connected, BreakerState.Closed), (after!.Standing.Status, after.Breaker!.State));
        Assert.Null(after.Pause);
    }

    [Fact]
    public async Task While_it_is_being_connected_it_is_connecting_whatever_was_seen_before()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var asked = new TaskCompletionSource();
        using var wire = new StubProvider().Replies(HttpStatusCode.Unauthorized).Replies((_, _) =>
        {
            asked.SetResult();
            return answer.Task;
        }).Replies(HttpStatusCode.OK, "[]");
        await using var one = Process(wire);
        await using var other = Process(wire);
        await Registry(one).CheckAsync("publer", Ct);

        var connecting = Registry(one).ConnectAsync("publer", "Ada", Ct);
        await asked.Task;
        var meanwhile = await Registry(other).GetAsync("publer", Ct);
        answer.SetResult(new(HttpStatusCode.OK));

        Assert.Equal(IntegrationStatus.Connecting, meanwhile!.Standing.Status);
        Assert.Equal(IntegrationStatus.Connected, (await connecting)!.Standing.Status);
    }

    [Fact]
    public async Task The_job_leaves_what_failed_alone_for_as_long_as_its_breaker_would()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.ServiceUnavailable);
        (string, string?) patient = ("Integrations:publer:CircuitBreaker:OpenDuration", "10m");
        await using var now = Process(wire, patient);
        await using var soon = Process(wire, patient, Later(8 * Minute));
        await using var later = Process(wire, patient, Later(9 * Minute));

        await Registry(now).CheckDueAsync(Minute, Ct);
        await Registry(soon).CheckDueAsync(Minute, Ct);
        var left = wire.Requests.Count;
        var status = (await Registry(soon).GetAsync("publer", Ct))!.Standing.Status;
        await Registry(later).CheckDueAsync(Minute, Ct);

        Assert.Equal((1, 2, IntegrationStatus.Error), (left, wire.Requests.Count, status));
    }

    [Fact]
    public async Task The_job_asks_again_every_minute_what_passed_and_what_failed_with_an_ordinary_breaker()
    {
        using var wire = new StubProvider()
            .Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]").Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.ServiceUnavailable);
        await using var process = Process(wire);

        for (var round = 0; round < 3; round++)
            await Registry(process).CheckDueAsync(Minute, Ct);

        Assert.Equal(4, wire.Requests.Count);
    }

    [Fact]
    public async Task The_calls_that_it_counts_are_those_of_callers()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]").Replies(HttpStatusCode.Conflict);
        await using var process = Process(wire);

        await Registry(process).CheckAsync("publer", Ct);
        await Assert.ThrowsAnyAsync<IntegrationException>(() => CallAsync(process));
        await process.GetRequiredService<IEnumerable<IHostedService>>().OfType<OutcomeFlusher>().Single().FlushAsync(Ct);

        var view = await Registry(process).GetAsync("publer", Ct);
        Assert.Equal((1, 1.0, true), (view!.Calls!.Calls, view.Calls.ErrorRate, view.Health!.Health.Ok));
    }

    [Fact]
    public async Task A_check_neither_asks_nor_tells_what_pauses_integrations()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, "[]");
        var pauses = new CountingPauses();
        await using var process = Process(wire, services => services.AddSingleton<IPauses>(pauses));

        await Registry(process).CheckAsync("publer", Ct);
        var ofCheck = pauses.Heard;
        await CallAsync(process);

        Assert.Equal((0, 2), (ofCheck, pauses.Heard));
    }

    private static IntegrationRegistry Registry(ServiceProvider process) => process.GetRequiredService<IntegrationRegistry>();

    private static Task<IReadOnlyList<PublerAccount>> CallAsync(ServiceProvider process) => process.GetRequiredService<PublerClient>().ListAccountsAsync(Ct);

    private (string, string?) Later(TimeSpan offset) => ("ConnectionStrings:hotdash", ConnectionStringAfter(offset));

    private ServiceProvider Process(StubProvider wire, params (string Name, string? Value)[] settings) => Process(wire, _ => { }, settings);

    private ServiceProvider Process(StubProvider wire, Action<IServiceCollection> configure, params (string Name, string? Value)[] settings)
    {
        (string Name, string? Value)[] usual =
        [
            ("ConnectionStrings:hotdash", ConnectionString), ("DATA_PROTECTION_KEY", "only for tests, and long"),
            ("PUBLER_LIVE", "true"), ("PUBLER_API_KEY", "test-key"), ("PUBLER_WORKSPACE_ID", "ws-1"),
        ];
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var layer in new[] { usual, settings })
            builder.Configuration.AddInMemoryCollection(layer.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.AddControlPlane();
        builder.Services.AddPubler(Attempts.One).AddIntegrationRegistry();
        builder.Services.AddHttpClient("publer").ConfigurePrimaryHttpMessageHandler(() => wire);
        configure(builder.Services);

        return builder.Services.BuildServiceProvider();
    }

    private sealed class CountingPauses : IPauses
    {
        public int Heard { get; private set; }

        public ValueTask<Pause?> CheckAsync(string integration, bool mayProbe, CancellationToken ct)
        {
            Heard++;
            return new((Pause?)null);
        }

        public void Record(string integration, OutcomeKind kind) => Heard++;
    }
}
