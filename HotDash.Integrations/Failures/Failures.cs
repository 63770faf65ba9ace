using System.Net.Sockets;

using Polly.Timeout;

namespace HotDash.Integrations;

/// <summary>Where a failed call gets its name. The words of the provider are left behind: they may hold what no log should.</summary>
internal static class Failures
{
    public static IntegrationException UnexpectedReply(string integration, string message, bool outcomeUnknown) =>
        new(integration, IntegrationCodes.UnexpectedReply, message, retryable: true, outcomeUnknown: outcomeUnknown);

    public static IntegrationException NotLive(IntegrationOptions options, IntegrationState state) => state is IntegrationState.CredentialsMissing
        ? Whole(options.Key, IntegrationCodes.CredentialsMissing, $"{string.Join(" and ", options.MissingCredentials)} not set")
        : Whole(options.Key, IntegrationCodes.IntegrationDisabled, "switched off");

    public static IntegrationException FromReply(IntegrationOptions options, ProviderRequest request, ReplyReading reading)
    {
        var key = options.Key;
        var wait = reading.Wait is { } asked ? Bounded(asked) : (TimeSpan?)null;

        return reading.Status switch
        {
            401 or 403 => Whole(key, IntegrationCodes.Unauthorized, $"our key was refused ({reading.Status})"),
            404 or 410 => new(key, IntegrationCodes.NotFound, $"no such thing ({reading.Status})"),
            409 or 412 => new(key, IntegrationCodes.Conflict, $"something else is there already ({reading.Status})"),
            429 => new RateLimitException(key, wait ?? options.Limit?.Window),
            408 or >= 500 => new(
                key, IntegrationCodes.Unavailable, $"could not serve the call ({reading.Status})", retryable: true, wait,
                request.MayHaveHadEffect, FailureScope.Integration),
            >= 400 => new(key, IntegrationCodes.Rejected, $"the call was refused ({reading.Status})"),
            _ => UnexpectedReply(key, $"a reply that we do not follow ({reading.Status})", request.MayHaveHadEffect),
        };
    }

    /// <returns>Null for what is no failure of a call, such as a mistake of our own.</returns>
    public static IntegrationException? FromException(string integration, Breaker breaker, ProviderRequest request, Exception e) => e switch
    {
        IntegrationException failure => failure,
        CallRefusedException => new CircuitBreakerOpenException(integration, breaker.RefusesFor),
        UnreadableReplyException => UnexpectedReply(integration, e.Message, request.MayHaveHadEffect),
        TimeoutRejectedException or OperationCanceledException =>
            new NetworkException(integration, IntegrationCodes.Timeout, "no answer in time", request.MayHaveHadEffect),
        HttpRequestException { InnerException: EgressRefusedException } =>
            Whole(integration, IntegrationCodes.EgressRefused, "its address is one that no call may go to"),
        HttpRequestException or IOException or SocketException =>
            new NetworkException(
                integration, IntegrationCodes.Network, $"the connection failed ({Cause(e)})",
                request.MayHaveHadEffect && !AttemptVerdicts.NeverArrived(e)),
        _ => null,
    };

    // A reset that has passed by our clock still needs a pause; a header that asks for a year is a mistake.
    private static TimeSpan Bounded(TimeSpan wait) =>
        TimeSpan.FromTicks(Math.Clamp(wait.Ticks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerDay));

    private static IntegrationException Whole(string integration, string code, string message) =>
        new(integration, code, message, scope: FailureScope.Integration);

    private static string Cause(Exception e) => e switch
    {
        SocketException socket => $"{socket.SocketErrorCode}",
        HttpRequestException { InnerException: SocketException socket } => $"{socket.SocketErrorCode}",
        HttpRequestException http => $"{http.HttpRequestError}",
        HttpIOException io => $"{io.HttpRequestError}",
        _ => e.GetType().Name,
    };
}
