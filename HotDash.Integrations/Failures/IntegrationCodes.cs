namespace HotDash.Integrations;

/// <summary>Every code that <see cref="IntegrationException.Code"/> can have. What each means to a caller: docs/errors.md.</summary>
public static class IntegrationCodes
{
    public const string Unauthorized = "unauthorized";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string Rejected = "rejected";
    public const string RateLimited = "rate_limited";
    public const string Unavailable = "unavailable";
    public const string Timeout = "timeout";
    public const string Network = "network";
    public const string UnexpectedReply = "unexpected_reply";
    public const string CircuitOpen = "circuit_open";
    public const string CredentialsMissing = "credentials_missing";
    public const string IntegrationDisabled = "integration_disabled";
    public const string IntegrationPaused = "integration_paused";
    public const string EgressRefused = "egress_refused";
}
