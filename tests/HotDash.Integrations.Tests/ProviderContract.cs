using System.Net;
using System.Text;

using HotDash.TestKit;

namespace HotDash.Integrations.Tests;

/// <summary>What holds for every provider. A new client inherits this and says how it reads and how it writes.</summary>
public abstract class ProviderContract
{
    private const string Secret = "a customer's secret words";

    private protected abstract string Key { get; }

    private protected abstract string Credential { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task ReadAsync(Wired wired, CancellationToken ct);

    private protected abstract Task WriteAsync(Wired wired, CancellationToken ct);

    [Theory]
    [InlineData(301, "unexpected_reply", true, false)]
    [InlineData(400, "rejected", false, false)]
    [InlineData(401, "unauthorized", false, false)]
    [InlineData(403, "unauthorized", false, false)]
    [InlineData(404, "not_found", false, false)]
    [InlineData(408, "unavailable", true, true)]
    [InlineData(409, "conflict", false, false)]
    [InlineData(418, "rejected", false, false)]
    [InlineData(422, "rejected", false, false)]
    [InlineData(429, "rate_limited", true, false)]
    [InlineData(500, "unavailable", true, true)]
    [InlineData(503, "unavailable", true, true)]
    public async Task A_failing_status_becomes_the_right_failure(int status, string code, bool retryable, bool outcomeUnknown)
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies((HttpStatusCode)status, Secret));

        var read = await Assert.ThrowsAnyAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));
        var write = await Assert.ThrowsAnyAsync<IntegrationException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((Key, code, retryable, false), (read.Integration, read.Code, read.Retryable, read.OutcomeUnknown));
        Assert.Equal((Key, code, retryable), (write.Integration, write.Code, write.Retryable));
        Assert.Equal(outcomeUnknown || status < 400, write.OutcomeUnknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("""{"data":""")]
    [InlineData("<html>Just a moment...</html>")]
    public async Task A_reply_that_cannot_be_read_is_unexpected_and_leaves_a_write_unknown(string body)
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, body));

        var read = await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));
        var write = await Assert.ThrowsAsync<IntegrationException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((IntegrationCodes.UnexpectedReply, false), (read.Code, read.OutcomeUnknown));
        Assert.Equal((IntegrationCodes.UnexpectedReply, true), (write.Code, write.OutcomeUnknown));
    }

    [Fact]
    public async Task A_reply_of_more_than_5_MB_is_unexpected()
    {
        var body = $"[\"{new string('x', CallHandler.MaxReplyBytes)}\"]";
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, body));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT", 1)]
    [InlineData("Retry-After", "999999999", 86400)]
    [InlineData("X-RateLimit-Reset", "1772366520", 120)]
    [InlineData("X-RateLimit-Reset", "soon", null)]
    [InlineData("X-RateLimit-Reset", "99999999999999999", null)]
    public async Task A_wait_that_the_provider_asks_for_arrives(string header, string value, int? seconds)
    {
        await using var wired = new Wired(
            new StubProvider().AlwaysReplies(HttpStatusCode.TooManyRequests, "", (header, value)),
            settings: ($"Integrations:Limits:{Key}", "10/33s"));

        var failure = await Assert.ThrowsAsync<RateLimitException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(seconds ?? 33), failure.RetryAfter);
        Assert.Equal(FailureScope.Integration, failure.Scope);
    }

    [Fact]
    public async Task A_wait_after_a_5xx_arrives_too()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "9")));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(9), failure.RetryAfter);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public async Task A_broken_connection_leaves_a_write_unknown_only_if_it_may_have_arrived(HttpRequestError error, bool unknown)
    {
        await using var wired = new Wired(new StubProvider().AlwaysFails(new HttpRequestException(error, "to secret.example:443")));

        var read = await Assert.ThrowsAsync<NetworkException>(() => ReadAsync(wired, Cancellation));
        var write = await Assert.ThrowsAsync<NetworkException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((IntegrationCodes.Network, true, false), (read.Code, read.Retryable, read.OutcomeUnknown));
        Assert.Equal(unknown, write.OutcomeUnknown);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_a_timeout_and_leaves_a_write_unknown()
    {
        await using var wired = new Wired(new StubProvider().AlwaysHangs(), settings: ($"Integrations:{Key}:Timeouts:Attempt", "20ms"));

        var read = await Assert.ThrowsAsync<NetworkException>(() => ReadAsync(wired, Cancellation));
        var write = await Assert.ThrowsAsync<NetworkException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((IntegrationCodes.Timeout, true, false), (read.Code, read.Retryable, read.OutcomeUnknown));
        Assert.Equal((IntegrationCodes.Timeout, true), (write.Code, write.OutcomeUnknown));
    }

    [Fact]
    public async Task A_body_that_stalls_is_a_timeout()
    {
        var stalls = new StubProvider().Replies(_ => new HttpResponseMessage { Content = new StreamContent(new StalledStream()) });
        await using var wired = new Wired(stalls, settings: ($"Integrations:{Key}:Timeouts:Attempt", "20ms"));

        var failure = await Assert.ThrowsAsync<NetworkException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(IntegrationCodes.Timeout, failure.Code);
    }

    [Fact]
    public async Task Our_own_cancellation_is_no_failure_of_the_provider()
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var provider = new StubProvider().Replies(async (_, ct) =>
        {
            await ours.CancelAsync();
            ct.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The cancellation did not arrive.");
        });
        await using var wired = new Wired(provider);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(wired, ours.Token));

        Assert.True(ours.IsCancellationRequested);
        Assert.IsNotType<IntegrationException>(cancelled);
    }

    [Fact]
    public async Task A_write_is_sent_once_and_a_read_up_to_three_times()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(provider, Attempts.Several);

        await Assert.ThrowsAsync<IntegrationException>(() => WriteAsync(wired, Cancellation));
        var writes = provider.Requests.Count;
        await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(1, writes);
        var addresses = provider.Requests.Skip(1).GroupBy(request => (request.Method, request.Address.PathAndQuery));
        Assert.All(addresses, address => Assert.Equal(3, address.Count()));
    }

    [Fact]
    public async Task A_job_reads_once()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(provider, Attempts.One);

        await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(provider.Requests.Count, provider.Requests.DistinctBy(request => (request.Method, request.Address.PathAndQuery)).Count());
    }

    [Fact]
    public async Task Every_attempt_takes_a_token()
    {
        var budget = new CountingBudget();
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(provider, Attempts.Several, budget);

        await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal(provider.Requests.Count, budget.Taken.Count);
        Assert.All(budget.Taken, integration => Assert.Equal(Key, integration));
    }

    [Fact]
    public async Task A_write_that_waits_too_long_for_its_token_had_no_effect()
    {
        await using var wired = new Wired(new StubProvider(), budget: new StuckBudget(), settings: ($"Integrations:{Key}:Timeouts:Attempt", "20ms"));

        var failure = await Assert.ThrowsAsync<NetworkException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((IntegrationCodes.Timeout, false), (failure.Code, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        var provider = new StubProvider();
        await using var wired = new Wired(provider, Attempts.Several, new EmptyBudget());

        var failure = await Assert.ThrowsAsync<RateLimitException>(() => WriteAsync(wired, Cancellation));

        Assert.Equal((TimeSpan.FromSeconds(42), false), (failure.RetryAfter, failure.OutcomeUnknown));
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("mock", "integration_disabled")]
    [InlineData("live", "credentials_missing")]
    public async Task What_is_not_live_sends_nothing(string mode, string code)
    {
        (string, string?)[] settings = [("Integrations:Mode", mode), ("SUPABASE_SERVICE_KEY", null), ("PUBLER_API_KEY", null)];
        var provider = new StubProvider();
        await using var wired = new Wired(provider, settings: settings);

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));

        Assert.Equal((code, FailureScope.Integration), (failure.Code, failure.Scope));
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task No_key_and_no_word_of_the_provider_is_in_a_log_or_a_failure(int status)
    {
        var body = $"{Secret} {Credential}";
        await using var wired = new Wired(new StubProvider().AlwaysReplies((HttpStatusCode)status, body, ("X-Echo", body)));

        var read = await Assert.ThrowsAsync<IntegrationException>(() => ReadAsync(wired, Cancellation));
        var write = await Assert.ThrowsAsync<IntegrationException>(() => WriteAsync(wired, Cancellation));

        var everything = new StringBuilder(wired.Logs.Text).Append(read).Append(write).ToString();
        Assert.Contains("/", wired.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Credential, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("http", $"{read} {write}".Replace("ProviderHttp", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private sealed class CountingBudget : ITokenBudget
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Taken { get; } = new();

        public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct)
        {
            Taken.Enqueue(integration);
            return new((TimeSpan?)null);
        }
    }

    private sealed class StuckBudget : ITokenBudget
    {
        public async ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null;
        }
    }

    private sealed class EmptyBudget : ITokenBudget
    {
        public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct) => new(TimeSpan.FromSeconds(42));
    }
}
