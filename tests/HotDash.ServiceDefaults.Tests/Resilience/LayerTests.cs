using System.Net;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace HotDash.ServiceDefaults.Tests.Resilience;

public sealed class LayerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_defaults_are_those_of_the_field()
    {
        var options = new HttpStandardResilienceOptions();

        Assert.Equal((1000, 0), (options.RateLimiter.DefaultRateLimiterOptions.PermitLimit, options.RateLimiter.DefaultRateLimiterOptions.QueueLimit));
        Assert.Equal(TimeSpan.FromSeconds(30), options.TotalRequestTimeout.Timeout);
        Assert.Equal((3, TimeSpan.FromSeconds(2), true), (options.Retry.MaxRetryAttempts, options.Retry.Delay, options.Retry.UseJitter));
        Assert.Equal(Polly.DelayBackoffType.Exponential, options.Retry.BackoffType);
        Assert.Equal((0.1, 100), (options.CircuitBreaker.FailureRatio, options.CircuitBreaker.MinimumThroughput));
        Assert.Equal(TimeSpan.FromSeconds(30), options.CircuitBreaker.SamplingDuration);
        Assert.Equal(TimeSpan.FromSeconds(5), options.CircuitBreaker.BreakDuration);
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout.Timeout);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_after_10_seconds_and_made_again()
    {
        using var wire = new StubProvider().Hangs().Replies(HttpStatusCode.OK);
        using var clients = new ResilientClients(wire);

        var call = clients.Create().GetAsync("/", Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(10), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(2), Ct);

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
    }

    [Fact]
    public async Task A_call_is_given_up_after_30_seconds_in_all()
    {
        using var wire = new StubProvider().Hangs().Hangs().Hangs();
        using var clients = new ResilientClients(wire);

        var call = clients.Create().GetAsync("/", Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(10), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(2), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(10), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(4), Ct);
        await clients.Clock.WaitedForAsync(TimeSpan.FromSeconds(10), Ct);
        clients.Clock.Advance(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
        Assert.Equal(3, wire.Requests.Count);
    }

    [Fact]
    public async Task A_caller_that_cancels_gets_its_own_cancellation_and_no_second_attempt()
    {
        using var wire = new StubProvider().Hangs();
        using var clients = new ResilientClients(wire);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var call = clients.Create().GetAsync("/", caller.Token);
        await clients.Clock.WaitedForAsync(TimeSpan.FromSeconds(10), Ct);
        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task A_breaker_opens_for_5_seconds_when_a_tenth_of_100_calls_has_failed_and_only_for_its_own_client()
    {
        using var wire = new StubProvider().Times(90, HttpStatusCode.OK).Times(10, HttpStatusCode.BadGateway).Times(2, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.ShouldHandle = _ => ValueTask.FromResult(false));
        var client = clients.Create();

        for (var call = 0; call < 100; call++)
        {
            await client.GetAsync("/", Ct);
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => client.GetAsync("/", Ct));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => clients.Create().GetAsync("/", Ct));
        await clients.Create("letters").GetAsync("/", Ct);
        Assert.Equal(101, wire.Requests.Count);

        clients.Clock.Advance(TimeSpan.FromSeconds(5.1));
        await client.GetAsync("/", Ct);
    }

    [Fact]
    public async Task A_client_with_all_its_calls_under_way_refuses_the_next_one_at_once()
    {
        using var wire = new StubProvider().Hangs();
        using var clients = new ResilientClients(wire, options => options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = 1);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var client = clients.Create();

        var first = client.GetAsync("/", caller.Token);
        await Assert.ThrowsAsync<RateLimiterRejectedException>(() => client.GetAsync("/", Ct));

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public void A_buffered_body_may_take_one_attempt_longer_than_the_layers_allow()
    {
        using var wire = Replies.Of(HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, services: s => s.AddHttpClient("mine", http => http.Timeout = TimeSpan.FromSeconds(1)));

        Assert.Equal(TimeSpan.FromSeconds(40), clients.Create().Timeout);
        Assert.Equal(TimeSpan.FromSeconds(1), clients.Create("mine").Timeout);
    }
}
