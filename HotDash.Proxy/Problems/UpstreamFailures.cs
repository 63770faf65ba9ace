using Yarp.ReverseProxy.Forwarder;

namespace HotDash.Proxy.Problems;

/// <summary>
/// 503 promises that the request did not reach the api, so repeating it is safe. After 502 and 504 nobody knows, and a caller
/// repeats with its Idempotency-Key.
/// </summary>
internal static class UpstreamFailures
{
    public static int? StatusOf(IForwarderErrorFeature failure) => failure switch
    {
        { Error: ForwarderError.NoAvailableDestinations } => StatusCodes.Status503ServiceUnavailable,
        { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: var error } } when NotConnected(error) =>
            StatusCodes.Status503ServiceUnavailable,
        // Cancelled by our own total time-out: a client that left reads no answer any more.
        { Error: ForwarderError.RequestCanceled } => StatusCodes.Status504GatewayTimeout,
        { Error: ForwarderError.RequestBodyCanceled } => StatusCodes.Status408RequestTimeout,
        _ => null,
    };

    /// <summary>What also happens, harmlessly, when a client leaves early.</summary>
    public static bool ByClient(ForwarderError error) => error
        is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient
        or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient;

    private static bool NotConnected(HttpRequestError error) =>
        error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
}
