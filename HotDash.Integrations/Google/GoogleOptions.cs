namespace HotDash.Integrations.Google;

/// <summary>What the integrations with Google's apis have in common: a service account, whose key file is at <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public abstract class GoogleOptions(string key, string source) : IntegrationOptions(key, source)
{
    private const string KeyFileVariable = "GOOGLE_APPLICATION_CREDENTIALS";
    private const string TokenAddressVariable = "GOOGLE_TOKEN_URL";

    /// <summary>The one thing that a token is good for.</summary>
    internal abstract string Scope { get; }

    internal Uri TokenAddress { get; private set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>Null when there is none that can be read.</summary>
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

        // Other programs use this variable for other kinds of credentials: it is refused only when the flag is on at the start.
        KeyFile = path is null ? null : GoogleKeyFile.TryRead(path);
        if (on && path is not null && KeyFile is null)
            throw IntegrationSettings.Refuse(KeyFileVariable, "must be the path of a readable key file of a service account (JSON, RSA)");

        BindCommon(on, KeyFile is null ? [.. missing, KeyFileVariable] : missing);
    }
}
