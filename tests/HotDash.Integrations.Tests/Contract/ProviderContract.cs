using System.Net;
using System.Text.RegularExpressions;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>What holds for every provider. A new client's test class inherits this and describes its provider.</summary>
public abstract partial class ProviderContract
{
    private const string Secret = "a customer's secret words";

    public abstract ProviderUnderTest Provider { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

        foreach (var call in Provider.Calls)
        {
            var failure = await FailureAsync(call, wired);

            Assert.Equal((Provider.Key, code, retryable), (failure.Integration, failure.Code, failure.Retryable));
            Assert.Equal(call.Writes && (outcomeUnknown || status < 400), failure.OutcomeUnknown);
        }
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
        var calls = Provider.Calls.Where(call => !call.IgnoresReply).ToList();
        Assert.SkipWhen(calls is [] || Provider.LegalReplies.Contains(body), "This provider may answer so.");
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, body));

        foreach (var call in calls)
        {
            var failure = await FailureAsync(call, wired);

            Assert.Equal((IntegrationCodes.UnexpectedReply, call.Writes), (failure.Code, failure.OutcomeUnknown));
        }
    }

    [Fact]
    public async Task A_reply_of_more_than_5_MB_is_unexpected()
    {
        var body = $"[\"{new string('x', CallHandler.MaxReplyBytes)}\"]";
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, body));

        var failure = await FailureAsync(wired);

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 1)]
    [InlineData("999999999", 86400)]
    [InlineData("soon", 33)]
    public async Task A_wait_that_the_provider_asks_for_arrives(string retryAfter, int seconds)
    {
        await using var wired = new Wired(
            new StubProvider().AlwaysReplies(HttpStatusCode.TooManyRequests, "", ("Retry-After", retryAfter)),
            settings: ($"Integrations:Limits:{Provider.Key}", "10/33s"));

        var failure = Assert.IsType<RateLimitException>(await FailureAsync(wired));

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
        Assert.Equal(FailureScope.Integration, failure.Scope);
    }

    [Fact]
    public async Task The_providers_own_way_to_throttle_is_understood()
    {
        var own = Provider.Throttled;
        await using var wired = new Wired(
            new StubProvider().AlwaysReplies((HttpStatusCode)own.Status, own.Body, own.Headers ?? []),
            settings: ($"Integrations:Limits:{Provider.Key}", "10/33s"));

        foreach (var call in Provider.Calls)
        {
            var failure = Assert.IsType<RateLimitException>(await FailureAsync(call, wired));

            Assert.Equal((own.Wait ?? TimeSpan.FromSeconds(33), false), (failure.RetryAfter, failure.OutcomeUnknown));
        }
    }

    [Fact]
    public async Task A_wait_after_a_5xx_arrives_too()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "9")));

        var failure = await FailureAsync(wired);

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

        foreach (var call in Provider.Calls)
        {
            var failure = Assert.IsType<NetworkException>(await FailureAsync(call, wired));

            Assert.Equal((IntegrationCodes.Network, true, unknown && call.Writes), (failure.Code, failure.Retryable, failure.OutcomeUnknown));
        }
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_a_timeout_and_leaves_a_write_unknown()
    {
        await using var wired = new Wired(new StubProvider().AlwaysHangs(), settings: Impatient);

        foreach (var call in Provider.Calls)
        {
            var failure = Assert.IsType<NetworkException>(await FailureAsync(call, wired));

            Assert.Equal((IntegrationCodes.Timeout, true, call.Writes), (failure.Code, failure.Retryable, failure.OutcomeUnknown));
        }
    }

    [Fact]
    public async Task A_body_that_stalls_is_a_timeout()
    {
        var stalls = new StubProvider().Always(_ => new HttpResponseMessage { Content = new StreamContent(new StalledStream()) });
        await using var wired = new Wired(stalls, settings: Impatient);

        var failure = await FailureAsync(wired);

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

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provider.Calls[0].Run(wired.Services, ours.Token));

        Assert.True(ours.IsCancellationRequested);
        Assert.IsNotType<IntegrationException>(cancelled);
        Assert.DoesNotContain(wired.Outcomes.All, outcome => outcome.Kind is not OutcomeKind.Ok);
    }

    [Fact]
    public async Task A_read_is_sent_several_times_and_a_write_only_if_that_is_safe()
    {
        foreach (var call in Provider.Calls)
        {
            var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
            await using var wired = new Wired(provider, Attempts.Several);

            await FailureAsync(call, wired);

            var addresses = provider.Requests.GroupBy(request => (request.Method, request.Address.PathAndQuery)).ToList();
            Assert.True(!call.Writes || addresses.Count is 1, "A write is one request.");
            Assert.All(addresses, address => Assert.Equal(call.MayBeRepeated ? Provider.ReadAttempts : 1, address.Count()));
        }
    }

    [Fact]
    public async Task A_job_asks_once()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(provider, Attempts.One);

        await FailureAsync(wired);

        Assert.Equal(provider.Requests.Count, provider.Requests.DistinctBy(request => (request.Method, request.Address.PathAndQuery)).Count());
    }

    [Fact]
    public async Task Every_attempt_takes_a_token()
    {
        var budget = new CountingBudget();
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(provider, Attempts.Several, budget);

        await FailureAsync(wired);

        Assert.Equal(provider.Requests.Count, budget.Taken.Count);
        Assert.All(budget.Taken, taken => Assert.Equal(Provider.Key, taken.Integration));
    }

    [Fact]
    public async Task A_write_that_waits_too_long_for_its_token_had_no_effect()
    {
        await using var wired = new Wired(new StubProvider(), budget: new StuckBudget(), settings: Impatient);

        var failure = await FailureAsync(Provider.Calls[^1], wired);

        Assert.Equal((IntegrationCodes.Timeout, false), (failure.Code, failure.OutcomeUnknown));
    }

    [Theory]
    [InlineData(Attempts.One)]
    [InlineData(Attempts.Several)]
    public async Task Without_a_token_nothing_is_sent(Attempts attempts)
    {
        var provider = new StubProvider();
        await using var wired = new Wired(provider, attempts, new EmptyBudget(TimeSpan.FromMinutes(42)));

        var failure = Assert.IsType<RateLimitException>(await FailureAsync(Provider.Calls[^1], wired));

        Assert.Equal((TimeSpan.FromMinutes(42), false), (failure.RetryAfter, failure.OutcomeUnknown));
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("mock", "integration_disabled")]
    [InlineData("live", "credentials_missing")]
    public async Task What_is_not_live_sends_nothing(string mode, string code)
    {
        (string, string?)[] settings = [("Integrations:Mode", mode), .. Provider.Secrets.Select(secret => (secret.Name, (string?)null))];
        var provider = new StubProvider();
        await using var wired = new Wired(provider, settings: settings);

        var failure = await FailureAsync(wired);

        Assert.Contains(failure.Code, new List<string> { code, IntegrationCodes.CredentialsMissing }); // some providers have no flag
        Assert.Equal(FailureScope.Integration, failure.Scope);
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData(200, "unexpected_reply")]
    [InlineData(500, "unavailable")]
    public async Task Every_call_is_counted_under_the_name_of_its_operation(int status, string code)
    {
        Assert.SkipWhen(status is 200 && Provider.Calls[0].IgnoresReply, "This provider may answer so.");
        await using var wired = new Wired(new StubProvider().AlwaysReplies((HttpStatusCode)status, "<html>"));

        await FailureAsync(wired);

        var failed = wired.Outcomes.All.Where(outcome => outcome.Kind is not OutcomeKind.Ok).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, outcome =>
        {
            Assert.Equal((Provider.Key, code), (outcome.Integration, outcome.Kind.Code()));
            Assert.Matches(KebabCase(), outcome.Operation);
            Assert.NotEmpty(outcome.Source);
        });
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task No_key_and_no_word_of_the_provider_is_in_anything_that_we_emit(int status)
    {
        using var emitted = new Emitted();
        var body = string.Join(' ', [Secret, .. Provider.Secrets.Select(secret => secret.Value)]);
        await using var wired = new Wired(
            new StubProvider().AlwaysReplies((HttpStatusCode)status, body, ("X-Echo", body), ("Retry-After", "0")), Attempts.Several);

        var thrown = "";
        foreach (var call in Provider.Calls)
        {
            if (status is 200 && call.IgnoresReply)
                await call.Run(wired.Services, Cancellation);
            else
                thrown += await FailureAsync(call, wired);
        }

        wired.Show(emitted);
        emitted.Add("exception", thrown);
        Assert.NotEmpty(Provider.Secrets);
        Assert.All(["log", "span", "metric", "outcome", "settings"], place => Assert.True(emitted.Saw(place), place));
        Assert.Empty(emitted.Find([ProviderUnderTest.Marker, Secret, .. Provider.Secrets.Select(secret => secret.Value)]));
        Assert.DoesNotContain("http", thrown.Replace("ProviderHttp", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private (string, string?)[] Impatient => [($"Integrations:{Provider.Key}:Timeouts:Attempt", "20ms")];

    /// <summary>Of whatever is asked of the provider: what is said here does not depend on it.</summary>
    private Task<IntegrationException> FailureAsync(Wired wired) => FailureAsync(Provider.Calls[0], wired);

    private static async Task<IntegrationException> FailureAsync(ProviderCall call, Wired wired) =>
        await Assert.ThrowsAnyAsync<IntegrationException>(() => call.Run(wired.Services, Cancellation));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KebabCase();
}
