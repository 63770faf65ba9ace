using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Reads;

public sealed class ReadChainTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly IntegrationException Down = new("publer", IntegrationCodes.Unavailable, "could not serve the call");

    private readonly ManualTimeProvider _clock = new();
    private readonly Answers _outcomes = new();

    [Fact]
    public async Task A_live_answer_is_as_of_now_and_without_warnings()
    {
        var answer = await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("live")), Ct);

        Assert.Equal(("live", "publer", _clock.GetUtcNow()), (answer.Value, answer.Source, answer.AsOf));
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public async Task Switched_off_answers_mock_without_a_warning_and_without_a_call()
    {
        var answer = await Chain().AnswerAsync(Integration.Off, Read(_ => throw new InvalidOperationException("called")), Ct);

        Assert.Equal(("mock", "mock"), (answer.Value, answer.Source));
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public async Task What_was_taken_back_answers_nothing_and_says_so()
    {
        var refused = await Assert.ThrowsAsync<IntegrationException>(() => Chain().AnswerAsync(Integration.TakenBack, Read(_ => Task.FromResult("live")), Ct));

        Assert.Equal(("shopify", IntegrationCodes.IntegrationDisabled), (refused.Integration, refused.Code));
    }

    [Fact]
    public async Task A_refreshed_snapshot_is_what_a_later_failure_is_answered_with()
    {
        await Chain().RefreshAsync(Integration.Live, Read(_ => Task.FromResult("fresh")), Ct);
        await Chain().RefreshAsync(Integration.Live, Read(_ => Task.FromResult("")), Ct);
        await Chain().RefreshAsync(Integration.Off, Read(_ => throw new InvalidOperationException("called")), Ct);
        await Assert.ThrowsAsync<IntegrationException>(() => Chain().RefreshAsync(Integration.Live, Read(_ => throw Down), Ct));

        var answer = await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        Assert.Equal(("fresh", "snapshot"), (answer.Value, answer.Source));
    }

    [Fact]
    public async Task Missing_credentials_answer_mock_and_name_every_variable()
    {
        var answer = await Chain().AnswerAsync(Integration.WithoutCredentials, Read(_ => throw new InvalidOperationException("called")), Ct);

        var warning = Assert.Single(answer.Warnings);
        Assert.Equal(("mock", "credentials_missing"), (answer.Source, warning.Code));
        Assert.Contains("PUBLER_API_KEY and PUBLER_WORKSPACE_ID", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_answers_the_last_good_answer_with_its_age()
    {
        await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("good")), Ct);
        var then = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(90));

        var answer = await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        var warning = Assert.Single(answer.Warnings);
        Assert.Equal(("good", "snapshot", then, "unavailable"), (answer.Value, answer.Source, answer.AsOf, warning.Code));
        Assert.Contains("90 s ago", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_without_an_earlier_answer_is_answered_from_mock_with_a_warning()
    {
        var answer = await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        Assert.Equal(("mock", "mock", "unavailable"), (answer.Value, answer.Source, Assert.Single(answer.Warnings).Code));
    }

    [Fact]
    public async Task A_provider_that_hangs_is_given_up_for_the_snapshot()
    {
        await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("good")), Ct);

        var reading = Chain().AnswerAsync(Integration.Live, Read(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return "never";
        }), Ct);
        await _clock.PassAsync(ReadChain.Patience, Ct);
        var answer = await reading;

        Assert.Equal(("good", "snapshot", "timeout"), (answer.Value, answer.Source, Assert.Single(answer.Warnings).Code));
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_failure_of_the_provider()
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chain().AnswerAsync(Integration.Live, Read(token =>
        {
            token.ThrowIfCancellationRequested();
            return Task.FromResult("live");
        }), caller.Token));
    }

    [Fact]
    public async Task An_unfilled_table_answers_mock_with_a_warning_and_leaves_the_snapshot_alone()
    {
        await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("good")), Ct);

        var empty = await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("")), Ct);
        var later = await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        Assert.Equal(("mock", "empty_table"), (empty.Source, Assert.Single(empty.Warnings).Code));
        Assert.Equal("good", later.Value);
    }

    [Fact]
    public async Task A_snapshot_of_another_shape_is_as_good_as_none()
    {
        await new SnapshotStore(Store).SaveAsync("test", """{"not":"a string"}""", _clock.GetUtcNow(), Ct);

        var answer = await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        Assert.Equal("mock", answer.Source);
    }

    [Fact]
    public async Task A_store_that_is_away_spoils_neither_a_live_answer_nor_a_fallback()
    {
        var chain = Chain(Away());

        var live = await chain.AnswerAsync(Integration.Live, Read(_ => Task.FromResult("live")), Ct);
        var mock = await chain.AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);

        Assert.Equal(("publer", "mock"), (live.Source, mock.Source));
    }

    [Fact]
    public async Task Answers_of_an_integration_that_is_on_are_counted_by_where_they_came_from()
    {
        await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("live")), Ct);
        await Chain().AnswerAsync(Integration.Live, Read(_ => throw Down), Ct);
        await Chain().AnswerAsync(Integration.WithoutCredentials, Read(_ => Task.FromResult("live")), Ct);
        await Chain().AnswerAsync(Integration.Live, Read(_ => Task.FromResult("")), Ct);
        await Chain().AnswerAsync(Integration.Off, Read(_ => Task.FromResult("live")), Ct);

        Assert.Equal(["publer", "snapshot", "mock", "publer"], _outcomes.All.Select(outcome => outcome.Operation));
        Assert.All(_outcomes.All, outcome => Assert.Equal(("publer", "answers"), (outcome.Integration, outcome.Source)));
    }

    private sealed class Answers : IOutcomeSink
    {
        public List<Outcome> All { get; } = [];

        public void Record(in Outcome outcome) => All.Add(outcome);
    }

    private ReadChain Chain(NpgsqlDataSource? store = null) => new(new SnapshotStore(store ?? Store), _outcomes, _clock, NullLogger<ReadChain>.Instance);

    private static Read<string> Read(Func<CancellationToken, Task<string>> live) => new()
    {
        Live = live,
        Mock = () => "mock",
        SnapshotKey = "test",
        IsUnfilled = text => text.Length == 0,
    };
}
