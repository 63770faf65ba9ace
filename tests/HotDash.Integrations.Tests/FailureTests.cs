using System.Net.Sockets;
using System.Reflection;
using Polly.Timeout;

namespace HotDash.Integrations.Tests;

/// <summary>The table of docs/errors.md.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<int, string, Type, bool, FailureScope, bool> Replies => new()
    {
        { 401, "unauthorized", typeof(IntegrationException), false, FailureScope.Integration, false },
        { 403, "unauthorized", typeof(IntegrationException), false, FailureScope.Integration, false },
        { 404, "not_found", typeof(IntegrationException), false, FailureScope.Call, false },
        { 410, "not_found", typeof(IntegrationException), false, FailureScope.Call, false },
        { 409, "conflict", typeof(IntegrationException), false, FailureScope.Call, false },
        { 412, "conflict", typeof(IntegrationException), false, FailureScope.Call, false },
        { 400, "rejected", typeof(IntegrationException), false, FailureScope.Call, false },
        { 402, "rejected", typeof(IntegrationException), false, FailureScope.Call, false },
        { 422, "rejected", typeof(IntegrationException), false, FailureScope.Call, false },
        { 429, "rate_limited", typeof(RateLimitException), true, FailureScope.Integration, false },
        { 408, "unavailable", typeof(IntegrationException), true, FailureScope.Integration, true },
        { 500, "unavailable", typeof(IntegrationException), true, FailureScope.Integration, true },
        { 599, "unavailable", typeof(IntegrationException), true, FailureScope.Integration, true },
        { 302, "unexpected_reply", typeof(IntegrationException), true, FailureScope.Call, true },
    };

    public static TheoryData<Exception, string, Type, bool, FailureScope, bool> Exceptions => new()
    {
        { new TimeoutRejectedException(), "timeout", typeof(NetworkException), true, FailureScope.Integration, true },
        { new OperationCanceledException(), "timeout", typeof(NetworkException), true, FailureScope.Integration, true },
        { new HttpRequestException(HttpRequestError.NameResolutionError), "network", typeof(NetworkException), true, FailureScope.Integration, false },
        { new HttpRequestException(HttpRequestError.ConnectionError), "network", typeof(NetworkException), true, FailureScope.Integration, false },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), "network", typeof(NetworkException), true, FailureScope.Integration, false },
        { new HttpRequestException(HttpRequestError.ResponseEnded), "network", typeof(NetworkException), true, FailureScope.Integration, true },
        { new IOException("secret"), "network", typeof(NetworkException), true, FailureScope.Integration, true },
        { new SocketException((int)SocketError.ConnectionReset), "network", typeof(NetworkException), true, FailureScope.Integration, true },
        { new UnreadableReplyException("ours"), "unexpected_reply", typeof(IntegrationException), true, FailureScope.Call, true },
        { new CallRefusedException(), "circuit_open", typeof(CircuitBreakerOpenException), true, FailureScope.Integration, false },
        {
            new HttpRequestException(HttpRequestError.ConnectionError, "secret", new EgressRefusedException()),
            "egress_refused", typeof(IntegrationException), false, FailureScope.Integration, false
        },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task Every_status_has_its_kind(int status, string code, Type type, bool retryable, FailureScope scope, bool unknown)
    {
        await using var wired = new Wired();
        using var write = Sent("submit-posts");

        var failure = Failures.FromReply(wired.Get<Integrations.Publer.PublerOptions>(), write, new(status, Minute));

        Assert.Equal((code, type, retryable, scope, unknown), Describe(failure));
        Assert.Equal(retryable && status is not 302 ? Minute : null, failure.RetryAfter);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Every_exception_has_its_kind(Exception thrown, string code, Type type, bool retryable, FailureScope scope, bool unknown)
    {
        await using var wired = new Wired();
        using var write = Sent("submit-posts");
        using var read = Sent("list-posts");

        var failures = new[] { write, read }.Select(request => Failures.FromException("publer", wired.Get<IBreakers>()["publer"], request, thrown)!).ToList();

        Assert.Equal((code, type, retryable, scope, unknown), Describe(failures[0]));
        Assert.Equal((code, type, retryable, scope, false), Describe(failures[1]));
        Assert.All(failures, failure => Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_of_our_own_keeps_its_name()
    {
        await using var wired = new Wired();
        using var request = Sent("list-posts");

        Assert.Null(Failures.FromException("publer", wired.Get<IBreakers>()["publer"], request, new InvalidOperationException()));
    }

    [Fact]
    public void Every_code_is_an_outcome_and_every_outcome_a_code()
    {
        var codes = typeof(IntegrationCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            codes.Append("ok").Order(StringComparer.Ordinal), Enum.GetValues<OutcomeKind>().Select(kind => kind.Code()).Order(StringComparer.Ordinal));
        Assert.All(Enum.GetValues<OutcomeKind>(), kind => Assert.Equal(kind, OutcomeKinds.Parse(kind.Code())));
    }

    private static ProviderRequest Sent(string operation) =>
        new(HttpMethod.Post, "https://secret.example/") { Sent = true, Operation = new Integrations.Publer.PublerOptions().Find(operation) };

    private static (string, Type, bool, FailureScope, bool) Describe(IntegrationException failure) =>
        (failure.Code, failure.GetType(), failure.Retryable, failure.Scope, failure.OutcomeUnknown);
}
