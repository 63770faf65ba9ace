namespace HotDash.Integrations;

/// <summary>How far a failure reaches: this call alone, one account of the provider, or everything the integration does.</summary>
public enum FailureScope { Call, Account, Integration }

/// <summary>The one way in which a call to a provider fails. Carries no payload, URL, credential or text of the provider.</summary>
/// <param name="integration">Key of the integration, such as <c>publer</c>.</param>
/// <param name="code">One of <see cref="IntegrationCodes"/>; the table is in docs/errors.md.</param>
/// <param name="message">What went wrong, in our own words.</param>
/// <param name="retryable">Whether the same call may succeed later.</param>
/// <param name="retryAfter">How long the provider, or our own budget, asks us to wait.</param>
/// <param name="outcomeUnknown">Whether a write may have had its effect all the same.</param>
/// <param name="scope">What else will fail for the same reason.</param>
/// <param name="inner">What caused it, if that is safe to be logged.</param>
public class IntegrationException(
    string integration,
    string code,
    string message,
    bool retryable = false,
    TimeSpan? retryAfter = null,
    bool outcomeUnknown = false,
    FailureScope scope = FailureScope.Call,
    Exception? inner = null) : Exception($"{integration}: {message}", inner)
{
    public string Integration { get; } = integration;

    public string Code { get; } = code;

    /// <summary>The message without the integration's name.</summary>
    public string Summary { get; } = message;

    public bool Retryable { get; } = retryable;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool OutcomeUnknown { get; } = outcomeUnknown;

    public FailureScope Scope { get; } = scope;

    /// <summary>Whether the integration takes nothing at present, for a reason that passes: the call had no effect, and was not its own fault.</summary>
    public virtual bool Deferred => false;
}

/// <summary>The provider's limit, or our share of it, is used up. The call had no effect.</summary>
public sealed class RateLimitException(string integration, TimeSpan? retryAfter, string message = "the rate limit is used up")
    : IntegrationException(
        integration, IntegrationCodes.RateLimited, message, retryable: true, retryAfter, scope: FailureScope.Integration)
{
    public override bool Deferred => true;
}

/// <summary>Too many calls failed in a row, so this one was not sent.</summary>
public sealed class CircuitBreakerOpenException(string integration, TimeSpan? retryAfter)
    : IntegrationException(
        integration, IntegrationCodes.CircuitOpen, "too many calls failed; not calling for a while", retryable: true, retryAfter,
        scope: FailureScope.Integration)
{
    public override bool Deferred => true;
}

/// <summary>The provider could not be reached, or did not answer in time (codes <c>network</c> and <c>timeout</c>).</summary>
public sealed class NetworkException(string integration, string code, string message, bool outcomeUnknown)
    : IntegrationException(
        integration, code, message, retryable: true, outcomeUnknown: outcomeUnknown, scope: FailureScope.Integration);
