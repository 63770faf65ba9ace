using System.Net.Sockets;

using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace HotDash.Integrations;

/// <summary>Where a failed call gets its name. The words of the provider are left behind: they may hold what no log should.</summary>
internal static class Failures
{
    public static IntegrationException UnexpectedReply(string integration, string message, bool outcomeUnknown) =>
        new(integration, IntegrationCodes.UnexpectedReply, message, retryable: true, outcomeUnknown: outcomeUnknown);

    public static IntegrationException NotLive(IntegrationOptions options) => options.State is IntegrationState.CredentialsMissing
        ? Whole(options.Key, IntegrationCodes.CredentialsMissing, $"{string.Join(" and ", options.MissingCredentials)} not set")
        : Whole(options.Key, IntegrationCodes.IntegrationDisabled, "switched off");

    public static IntegrationException FromReply(
        IntegrationOptions options, HttpRequestMessage request, HttpResponseMessage reply, DateTimeOffset now)
    {
        var key = options.Key;
        var status = (int)reply.StatusCode;
        var wait = RetryHint.Read(reply, now);

        return status switch
        {
            401 or 403 => Whole(key, IntegrationCodes.Unauthorized, $"our key was refused ({status})"),
            404 or 410 => new(key, IntegrationCodes.NotFound, $"no such thing ({status})"),
            409 or 412 => new(key, IntegrationCodes.Conflict, $"something else is there already ({status})"),
            429 => new RateLimitException(key, wait ?? options.Limit?.Window),
            408 or >= 500 => new(
                key, IntegrationCodes.Unavailable, $"could not serve the call ({status})", retryable: true, wait, request.MayHaveHadEffect(),
                FailureScope.Integration),
            >= 400 => new(key, IntegrationCodes.Rejected, $"the call was refused ({status})"),
            _ => UnexpectedReply(key, $"a reply that we do not follow ({status})", request.MayHaveHadEffect()),
        };
    }

    /// <returns>Null for what is no failure of a call, such as a mistake of our own.</returns>
    public static IntegrationException? FromException(string integration, HttpRequestMessage request, Exception e) => e switch
    {
        BrokenCircuitException open => new CircuitBreakerOpenException(integration, open.RetryAfter),
        TimeoutRejectedException or OperationCanceledException =>
            new NetworkException(integration, IntegrationCodes.Timeout, "no answer in time", request.MayHaveHadEffect()),
        ExecutionRejectedException => new RateLimitException(integration, null, "too many calls at once"),
        HttpRequestException or IOException or SocketException =>
            new NetworkException(
                integration, IntegrationCodes.Network, $"the connection failed ({Cause(e)})", request.MayHaveHadEffect() && MayHaveArrived(e)),
        _ => null,
    };

    private static IntegrationException Whole(string integration, string code, string message) =>
        new(integration, code, message, scope: FailureScope.Integration);

    private static bool MayHaveArrived(Exception e) => e is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };

    private static string Cause(Exception e) => e switch
    {
        SocketException socket => $"{socket.SocketErrorCode}",
        HttpRequestException { InnerException: SocketException socket } => $"{socket.SocketErrorCode}",
        HttpRequestException http => $"{http.HttpRequestError}",
        HttpIOException io => $"{io.HttpRequestError}",
        _ => e.GetType().Name,
    };
}
