namespace HotDash.Integrations.Google;

/// <summary>What the integrations with Google's apis have in common: a service account, whose key file is at <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public abstract class GoogleOptions(string key, string source) : IntegrationOptions(key, source)
{
    private const string KeyFileVariable = "GOOGLE_APPLICATION_CREDENTIALS";
    private const string TokenAddressVariable = "GOOGLE_TOKEN_URL";

    /// <summary>The one thing that a token is good for.</summary>
    internal abstract string Scope { get; }

    internal Uri TokenAddress { get; private set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>Null unless the integration is live.</summary>
    internal GoogleKeyFile? KeyFile { get; private set; }

    /// <summary>Tokens change: each attempt gets the one that holds then.</summary>
    internal sealed override void Authorize(HttpClient http)
    {
    }

    private protected void BindGoogle(IntegrationSettings settings, bool on, IReadOnlyList<string> missing)
    {
        var path = settings.Text(KeyFileVariable);
        if (settings.Address(TokenAddressVariable) is { } address)
            TokenAddress = new(address.AbsoluteUri.TrimEnd('/'));

        BindCommon(settings, on, path is null ? [.. missing, KeyFileVariable] : missing);

        // Other programs use this variable for other kinds of credentials: it is our business only when the flag is on.
        if (on && path is not null)
            KeyFile = GoogleKeyFile.TryRead(path) ?? throw IntegrationSettings.Refuse(KeyFileVariable, "must be the path of a readable key file of a service account (JSON, RSA)");
    }
}
