using System.Security.Claims;
using System.Text.Encodings.Web;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HotDash.Api.Access;

/// <summary>Reads <c>Authorization: Bearer hd_…</c> and asks the store whose key it is. Refusals are written by <see cref="AccessRefusal"/>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "api-key";

    /// <summary>Tells the proxy, which removes it again, that this request's key is real: it may then count per key.</summary>
    public const string KeyIdHeader = "X-HotDash-Key-Id";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return AuthenticateResult.NoResult();

        var key = await keys.VerifyAsync(token, Context.RequestAborted);
        if (key is null)
            return AuthenticateResult.Fail("No such key.");

        TellProxy(key.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), Name));
    }

    /// <returns>Null when none is sent.</returns>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? value[Prefix.Length..].Trim() : null;

    private void TellProxy(Guid keyId) => Response.OnStarting(() =>
    {
        Response.Headers[KeyIdHeader] = keyId.ToString();
        return Task.CompletedTask;
    });

    private static ClaimsPrincipal PrincipalOf(ApiKeyIdentity key) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, key.Id.ToString()),
            new(ClaimTypes.Name, key.Name),
            .. key.Scopes.Select(scope => new Claim(ScopeRequirement.ClaimType, scope)),
            .. key.Cohort is { } cohort ? [new(CallerUnit.CohortClaim, cohort)] : Array.Empty<Claim>(),
        ],
        Name));
}
