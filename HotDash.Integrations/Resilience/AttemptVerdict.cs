using System.Net.Sockets;

using Polly;
using Polly.Timeout;

namespace HotDash.Integrations;

/// <summary>What an attempt says about the provider, and about trying again.</summary>
internal enum AttemptVerdict
{
    /// <summary>It answered, if only to refuse this call.</summary>
    Answered,

    /// <summary>It failed in a way that may pass.</summary>
    Failed,

    /// <summary>It is too early; nothing happened.</summary>
    Throttled,

    /// <summary>Nothing: the attempt was ours to end or to refuse.</summary>
    None,
}

internal static class AttemptVerdicts
{
    public static AttemptVerdict Of(Outcome<HttpResponseMessage> outcome, ProviderRequest call) => outcome.Exception is { } exception
        ? Of(exception, call)
        : call.ReplyStatus switch
        {
            < 400 => AttemptVerdict.Answered,
            429 => AttemptVerdict.Throttled,
            408 or >= 500 => AttemptVerdict.Failed,
            _ => AttemptVerdict.Answered,
        };

    /// <returns>Whether the attempt surely changed nothing at the provider.</returns>
    public static bool HadNoEffect(Outcome<HttpResponseMessage> outcome, ProviderRequest call) =>
        !call.Sent || (outcome.Exception is { } exception ? NeverArrived(exception) : call.ReplyStatus is 429);

    public static bool NeverArrived(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };

    private static AttemptVerdict Of(Exception exception, ProviderRequest call) => exception switch
    {
        RateLimitException => AttemptVerdict.Throttled,
        IntegrationException { Code: IntegrationCodes.UnexpectedReply } => AttemptVerdict.Answered,
        HttpRequestException { InnerException: EgressRefusedException } => AttemptVerdict.None,
        TimeoutRejectedException when !call.Sent => AttemptVerdict.None,
        TimeoutRejectedException or HttpRequestException or IOException or SocketException => AttemptVerdict.Failed,
        _ => AttemptVerdict.None,
    };
}
