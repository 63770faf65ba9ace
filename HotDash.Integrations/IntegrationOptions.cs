namespace HotDash.Integrations;

/// <summary>Whether an integration calls its provider, and if not, why.</summary>
public enum IntegrationState { Live, Mock, CredentialsMissing, Disabled }

/// <summary>What HotDash knows about an integration once its settings are read. A class, because derived types hold secrets.</summary>
public abstract class IntegrationOptions(string key, string source)
{
    /// <summary>The name in routes, folders and metrics: <c>google-analytics</c>.</summary>
    public string Key { get; } = key;

    /// <summary>The name in answers: <c>ga4</c>.</summary>
    public string Source { get; } = source;

    public IntegrationState State { get; internal set; } = IntegrationState.Mock;

    /// <summary>Environment names of the credentials that are not set. Filled whatever the state.</summary>
    public IReadOnlyList<string> MissingCredentials { get; internal set; } = [];

    /// <summary>Ends with a slash. Null only while it is missing from the settings.</summary>
    public Uri? BaseAddress { get; internal set; }

    /// <summary>How long one attempt may take, its body included.</summary>
    public TimeSpan AttemptTimeout { get; internal set; } = TimeSpan.FromSeconds(10);

    /// <summary>The provider's limit, shared by the whole fleet; null when none is known.</summary>
    public RateLimit? Limit { get; internal set; }
}
