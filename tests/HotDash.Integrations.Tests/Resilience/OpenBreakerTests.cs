using System.Net;

using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class OpenBreakerTests
{
    private const HttpStatusCode Down = HttpStatusCode.BadGateway;

    [Fact]
    public async Task A_provider_that_is_down_is_left_alone_and_tried_again_later()
    {
        var wire = new StubProvider().Replies(Down).Replies(Down).Replies(HttpStatusCode.OK).Replies(HttpStatusCode.OK);
        await using var trial = new Trial(wire, Attempts.One, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 2);
        await Trial.FailsAsync<IntegrationException>(trial.GetAsync());
        await Trial.FailsAsync<IntegrationException>(trial.GetAsync());

        var refused = await Trial.FailsAsync<CircuitBreakerOpenException>(trial.GetAsync());
        trial.Clock.Advance(TimeSpan.FromSeconds(60));
        await trial.GetAsync();
        await trial.GetAsync();

        Assert.Equal((TimeSpan.FromSeconds(60), FailureScope.Integration), (refused.RetryAfter, refused.Scope));
        Assert.Equal(BreakerState.Closed, trial.Breakers[Trial.Key].State);
        Assert.Equal(
            [OutcomeKind.Unavailable, OutcomeKind.Unavailable, OutcomeKind.CircuitOpen, OutcomeKind.Ok, OutcomeKind.Ok],
            trial.Outcomes.All.Select(outcome => outcome.Kind));
    }

    [Fact]
    public async Task The_call_that_opens_it_fails_with_what_happened_and_does_not_wait_to_be_refused()
    {
        var wire = new StubProvider().Replies(Down);
        await using var trial = new Trial(wire, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1);

        var failure = await Trial.FailsAsync<IntegrationException>(trial.GetAsync());

        Assert.Equal(IntegrationCodes.Unavailable, failure.Code);
    }

    [Fact]
    public async Task A_call_that_it_refuses_is_not_the_one_that_goes_to_see_whether_a_pause_is_over()
    {
        var pauses = new Asked();
        await using var trial = new Trial(
            new StubProvider().Replies(Down), Attempts.One, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1, pauses: pauses);

        await Trial.FailsAsync<IntegrationException>(trial.GetAsync());
        await Trial.FailsAsync<CircuitBreakerOpenException>(trial.GetAsync());

        Assert.Equal([true, false], pauses.MayProbe);
    }

    [Fact]
    public async Task Time_outs_open_it()
    {
        var wire = new StubProvider().Hangs();
        await using var trial = new Trial(wire, Attempts.One, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1);

        var call = trial.GetAsync();
        await trial.PassAsync(10);

        await Trial.FailsAsync<NetworkException>(call);
        Assert.Equal(BreakerState.Open, trial.Breakers[Trial.Key].State);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_provider_that_answers_is_not_down(int status)
    {
        var wire = new StubProvider().Replies((HttpStatusCode)status);
        await using var trial = new Trial(wire, Attempts.One, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1);

        await Assert.ThrowsAnyAsync<IntegrationException>(trial.GetAsync);

        Assert.Equal(BreakerState.Closed, trial.Breakers[Trial.Key].State);
    }

    [Fact]
    public async Task Breakers_can_be_listed_watched_and_reset()
    {
        var changes = new List<BreakerChange>();
        await using var trial = new Trial(
            new StubProvider().Replies(Down).Replies(HttpStatusCode.OK), Attempts.One,
            configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1);
        trial.Breakers.Subscribe(changes.Add);
        await Trial.FailsAsync<IntegrationException>(trial.GetAsync());

        trial.Breakers.Reset(Trial.Key);
        trial.Breakers.Reset("of-another-process");
        await trial.GetAsync();

        Assert.Equal(Trial.Key, Assert.Single(trial.Breakers.All).Integration);
        Assert.Equal([BreakerState.Open, BreakerState.Closed], changes.Select(change => change.To));
    }

    private sealed class Asked : IPauses
    {
        public List<bool> MayProbe { get; } = [];

        public ValueTask<Pause?> CheckAsync(string integration, bool mayProbe, CancellationToken ct)
        {
            MayProbe.Add(mayProbe);
            return new((Pause?)null);
        }

        public void Record(string integration, OutcomeKind kind)
        {
        }
    }
}
