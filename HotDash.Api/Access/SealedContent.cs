using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Access;

/// <summary>Who is shown what the store keeps sealed: requests, messages and other words of customers.</summary>
internal static class SealedContent
{
    public const string Gone = "It cannot be opened: its data-protection key is gone.";

    private static readonly string[] Readers = [ApiKeyScopes.Operate, ApiKeyScopes.Admin];

    /// <summary>To be asked before every answer that may hold such content: the answer is kept by nobody on its way.</summary>
    /// <param name="others">Scopes that are shown it besides.</param>
    /// <returns>Why it stays hidden; null when the caller is shown it.</returns>
    public static string? HidesSealed(this HttpContext http, params string[] others)
    {
        http.Response.Headers.CacheControl = "no-store";
        string[] scopes = [.. others, .. Readers];

        return Array.Exists(scopes, http.User.HasScope) ? null : $"It is shown to keys with the scope {string.Join(", ", scopes[..^1])} or {scopes[^1]}.";
    }
}
