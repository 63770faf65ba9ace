namespace HotDash.Sandbox.Supabase;

/// <summary>The gateway in front of PostgREST. Its errors have no code: they are not PostgREST's.</summary>
internal sealed class SupabaseGate(string key)
{
    public async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var request = invocation.HttpContext.Request;
        var given = request.Headers["apikey"] is [{ } header] ? header : request.Query["apikey"].ToString();

        if (given.Length is 0)
            return Refuse(invocation.HttpContext, "No API key found in request", "No `apikey` request header or url param was found.");

        if (given != key)
            return Refuse(invocation.HttpContext, "Invalid API key", "Double check your Supabase `anon` or `service_role` API key.");

        return request.Headers.Authorization is [] || request.Headers.Authorization == $"Bearer {key}"
            ? await next(invocation)
            : throw new PostgrestException(401, "PGRST301", "JWT invalid");
    }

    private static IResult Refuse(HttpContext context, string message, string hint)
    {
        Ledger.ViolationMiddleware.Explain(context, message);
        return Results.Json(new { message, hint }, statusCode: StatusCodes.Status401Unauthorized);
    }
}
