using System.Net;

using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class RetryTests
{
    private const HttpStatusCode Down = HttpStatusCode.ServiceUnavailable;
    private const HttpStatusCode Throttled = HttpStatusCode.TooManyRequests;
    private const HttpStatusCode Fine = HttpStatusCode.OK;

    [Fact]
    public async Task The_wait_doubles_up_to_its_cap()
    {
        var wire = new StubProvider().Replies(Down).Replies(Down).Replies(Down).Replies(Down).Replies(Fine);
        await using var trial = new Trial(wire, configure: resilience =>
        {
            (resilience.Retry.MaxAttempts, resilience.Retry.MaxBackoff) = (5, TimeSpan.FromSeconds(3));
            resilience.CircuitBreaker.FailureThreshold = 100;
        });

        var call = trial.GetAsync();
        foreach (var seconds in new[] { 1, 2, 3, 3 })
            await trial.PassAsync(seconds);

        await call;
        Assert.Equal(5, wire.Requests.Count);
    }

    [Fact]
    public async Task The_wait_is_spread_between_half_of_it_and_all_of_it()
    {
        var wire = new StubProvider().Replies(Down).Replies(Down).Replies(Fine);
        var chances = new Queue<double>([0, 0.5]);
        await using var trial = new Trial(wire, configure: resilience => resilience.Retry.Random = chances.Dequeue);

        var call = trial.GetAsync();
        await trial.PassAsync(0.5);
        await trial.PassAsync(1.5);

        await call;
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:20 GMT", 20)]
    [InlineData("X-RateLimit-Reset", "1772366405", 5)]
    public async Task What_the_provider_asks_for_replaces_our_own_wait(string header, string value, int seconds)
    {
        await using var trial = new Trial(new StubProvider().Replies(Throttled, "", (header, value)).Replies(Fine));

        var call = trial.GetAsync();
        await trial.PassAsync(seconds);

        await call;
    }

    [Fact]
    public async Task A_throttled_call_that_says_so_with_200_waits_as_its_integration_computes()
    {
        var wire = new StubProvider().Replies(Fine, """{"errors":[{"extensions":{"code":"THROTTLED"}}]}""").Replies(Fine, "{}");
        await using var trial = new Trial(wire, configure: resilience => resilience.ReadReply = (reply, now) =>
            ReplyBody.Of(reply).Span.IndexOf("THROTTLED"u8) < 0
                ? ReplyReading.Standard(reply, now)
                : new(429, TimeSpan.FromSeconds(4), new BudgetReading(Remaining: 12)));

        var call = trial.GetAsync();
        await trial.PassAsync(4);

        await call;
        Assert.Equal(2, wire.Requests.Count);
        Assert.Equal(BreakerState.Closed, trial.Breakers[Trial.Key].State);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("30")]
    [InlineData("86400")]
    public async Task A_wait_that_is_longer_than_what_is_left_fails_at_once(string seconds)
    {
        await using var trial = new Trial(new StubProvider().Replies(Throttled, "", ("Retry-After", seconds)));

        var failure = await Trial.FailsAsync<RateLimitException>(trial.GetAsync());

        Assert.Equal(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), failure.RetryAfter!.Value.TotalSeconds);
    }

    [Fact]
    public async Task What_is_left_shrinks_with_every_wait()
    {
        var wire = new StubProvider().Replies(Throttled, "", ("Retry-After", "20")).Replies(Throttled, "", ("Retry-After", "20"));
        await using var trial = new Trial(wire);

        var call = trial.GetAsync();
        await trial.PassAsync(20);

        await Trial.FailsAsync<RateLimitException>(call);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_write_whose_outcome_is_unknown_is_not_repeated()
    {
        var wire = new StubProvider().Replies(Down);
        await using var trial = new Trial(wire);

        var failure = await Trial.FailsAsync<IntegrationException>(trial.PostAsync());

        Assert.True(failure.OutcomeUnknown);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task A_write_that_surely_had_no_effect_is_repeated()
    {
        var wire = new StubProvider().Fails(new HttpRequestException(HttpRequestError.ConnectionError)).Replies(Throttled).Replies(Fine);
        await using var trial = new Trial(wire);

        var call = trial.PostAsync(new ByteArrayContent([1]));
        await trial.PassAsync(1);
        await trial.PassAsync(2);

        await call;
        Assert.Equal(3, wire.Requests.Count);
    }

    [Fact]
    public async Task A_write_that_may_have_its_effect_twice_is_repeated()
    {
        var wire = new StubProvider().Replies(Down).Replies(Fine);
        await using var trial = new Trial(wire);

        var call = trial.SendAsync("post-again", new(HttpMethod.Post, "things"));
        await trial.PassAsync(1);

        await call;
    }

    [Fact]
    public async Task A_body_that_can_be_sent_only_once_is_not_repeated()
    {
        var wire = new StubProvider().Replies(Throttled);
        await using var trial = new Trial(wire);

        await Trial.FailsAsync<RateLimitException>(trial.PostAsync(new StreamContent(new MemoryStream([1]))));

        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task An_answer_that_will_be_the_same_is_not_asked_for_again(int status)
    {
        var wire = new StubProvider().Replies((HttpStatusCode)status);
        await using var trial = new Trial(wire);

        await Trial.FailsAsync<IntegrationException>(trial.GetAsync());

        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_asked_ten_times_more_in_a_minute_and_not_three_times_as_often()
    {
        const int Calls = 40;
        var wire = new StubProvider().AlwaysReplies(Down, "", ("Retry-After", "0"));
        await using var trial = new Trial(wire, configure: resilience => resilience.CircuitBreaker.FailureThreshold = 1000);

        for (var call = 0; call < Calls; call++)
            await Trial.FailsAsync<IntegrationException>(trial.GetAsync());

        Assert.Equal(Calls + 10, wire.Requests.Count);
    }

    [Fact]
    public async Task A_short_wait_for_our_own_token_is_no_attempt()
    {
        var wire = new StubProvider().Replies(Down).Replies(Fine);
        await using var trial = new Trial(
            wire, budget: new EmptyBudget(TimeSpan.FromSeconds(3), refusals: 3), configure: resilience => resilience.Retry.MaxAttempts = 2);

        var call = trial.GetAsync();
        foreach (var seconds in new[] { 3, 3, 3, 1 })
            await trial.PassAsync(seconds);

        await call;
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_job_does_not_wait_for_a_provider_that_throttles()
    {
        var wire = new StubProvider().Replies(Throttled, "", ("Retry-After", "1"));
        await using var trial = new Trial(wire, Attempts.One);

        await Trial.FailsAsync<RateLimitException>(trial.GetAsync());

        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_of_one_attempt_waits_a_moment_for_our_own_tokens(bool forHealth)
    {
        var wire = new StubProvider().Replies(Fine);
        await using var trial = new Trial(wire, Attempts.One, new EmptyBudget(TimeSpan.FromSeconds(2), refusals: 2));

        var call = trial.SendAsync("get-it", new(HttpMethod.Get, "things") { ForHealth = forHealth });
        await trial.PassAsync(2);
        await trial.PassAsync(2);

        await call;
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task But_no_longer_than_half_of_its_attempt()
    {
        var wire = new StubProvider();
        await using var trial = new Trial(wire, Attempts.One, new EmptyBudget(TimeSpan.FromSeconds(3)));

        var call = trial.GetAsync();
        await trial.PassAsync(3);

        var failure = await Trial.FailsAsync<RateLimitException>(call);
        Assert.Equal(TimeSpan.FromSeconds(3), failure.RetryAfter);
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Every_attempt_costs_what_its_request_costs()
    {
        await using var trial = new Trial(new StubProvider().Replies(Down, "", ("Retry-After", "0")).Replies(Fine));

        await trial.SendAsync("get-it", new ProviderRequest(HttpMethod.Get, "things").Costs(42));

        Assert.Equal([(Trial.Key, 42), (Trial.Key, 42)], trial.Tokens.Taken);
    }

    [Fact]
    public async Task The_total_time_out_ends_a_call_that_each_attempt_alone_would_not()
    {
        var wire = new StubProvider().Hangs().Hangs().Hangs();
        await using var trial = new Trial(wire, configure: resilience => resilience.Timeouts.Total = TimeSpan.FromSeconds(15));

        var call = trial.GetAsync();
        await trial.PassAsync(10);
        await trial.PassAsync(1);
        await trial.Clock.WaitedForAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken); // the second attempt
        trial.Clock.Advance(TimeSpan.FromSeconds(4));

        var failure = await Trial.FailsAsync<NetworkException>(call);
        Assert.Equal((IntegrationCodes.Timeout, 2), (failure.Code, wire.Requests.Count));
    }

    [Fact]
    public async Task One_call_is_one_outcome_however_many_attempts_it_took()
    {
        await using var trial = new Trial(new StubProvider().Replies(Down).Replies(Fine));

        var call = trial.GetAsync();
        await trial.PassAsync(1);
        await call;

        var outcome = Assert.Single(trial.Outcomes.All);
        Assert.Equal(new(Trial.Key, "get-it", Trial.Key, null, null, OutcomeKind.Ok, TimeSpan.FromSeconds(1), FixedClock.Now.AddSeconds(1)), outcome);
    }
}
