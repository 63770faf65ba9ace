namespace HotDash.Sandbox.Google;

/// <summary>Who may come in: a token that holds, given for this api.</summary>
internal sealed class GoogleGate(GoogleAccount account, params string[] scopes)
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var given = context.Request.Headers.Authorization.ToString();
        if (!given.StartsWith(Scheme, StringComparison.Ordinal) || account.ScopeOf(given[Scheme.Length..]) is not { } scope)
            return GoogleReply.Refuse(context, 401, "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.");

        return scope.Split(' ').Intersect(scopes, StringComparer.Ordinal).Any()
            ? await next(invocation)
            : GoogleReply.Refuse(context, 403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");
    }
}
