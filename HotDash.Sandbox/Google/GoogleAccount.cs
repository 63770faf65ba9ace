using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HotDash.Sandbox.Google;

/// <summary>The one service account that the sandbox knows: its key file, made at the first start, and the tokens that it was given.</summary>
internal sealed class GoogleAccount : IDisposable
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    private readonly ConcurrentDictionary<string, (string Scope, DateTimeOffset Ends)> _tokens = new(StringComparer.Ordinal);
    private readonly GoogleKeyFile _file;
    private readonly TimeProvider _clock;

    public GoogleAccount(IConfiguration configuration, TimeProvider clock) =>
        (_file, _clock) = (GoogleKeyFile.Open(configuration["SANDBOX_GOOGLE_APPLICATION_CREDENTIALS"]), clock);

    public void Dispose() => _file.Dispose();

    /// <returns>A token, or why there is none: OAuth's code and Google's words.</returns>
    public (string? Token, string Error, string Description) Exchange(string grant, string assertion, string audience)
    {
        if (grant != Grant)
            return (null, "unsupported_grant_type", $"Invalid grant_type: {grant}");
        if (Read(assertion) is not var (header, claims) || header.Text("alg") is not "RS256" || !IsSigned(assertion))
            return (null, "invalid_grant", "Invalid JWT Signature.");
        if (claims.Text("iss") != _file.Email)
            return (null, "invalid_grant", "Invalid grant: account not found");
        if (claims.Text("aud") != audience)
            return (null, "invalid_grant", $"Invalid JWT: Failed audience check. The right audience is {audience}");
        if (!IsTimely(claims))
            return (null, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        if (claims.Text("scope") is not { Length: > 0 } scope)
            return (null, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");

        var token = $"ya29.sandbox-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        _tokens[token] = (scope, _clock.GetUtcNow() + Lifetime);
        return (token, "", "");
    }

    /// <returns>What a token may be used for, in words parted by blanks; null when it is none, or no more.</returns>
    public string? ScopeOf(string token) => _tokens.TryGetValue(token, out var given) && _clock.GetUtcNow() < given.Ends ? given.Scope : null;

    public void Reset() => _tokens.Clear();

    private bool IsTimely(JsonElement claims)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();

        return claims.Number("iat") is { } from && claims.Number("exp") is { } to && from <= now + 300 && to > now && to - from is > 0 and <= 3600;
    }

    private bool IsSigned(string assertion)
    {
        var signed = assertion.LastIndexOf('.');
        return _file.HasSigned(Encoding.ASCII.GetBytes(assertion[..signed]), Base64Url.DecodeFromChars(assertion.AsSpan(signed + 1)));
    }

    private static (JsonElement Header, JsonElement Claims)? Read(string assertion)
    {
        try
        {
            return assertion.Split('.') is [var header, var claims, var signature] && Base64Url.IsValid(signature)
                ? (JsonElement.Parse(Base64Url.DecodeFromChars(header)), JsonElement.Parse(Base64Url.DecodeFromChars(claims)))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
