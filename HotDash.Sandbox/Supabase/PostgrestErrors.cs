using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Supabase;

internal static class PostgrestErrors
{
    /// <summary>Turns a refusal into the body with the four fields, all of them always there.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (PostgrestException e)
        {
            ViolationMiddleware.Explain(invocation.HttpContext, $"{e.Code}: {e.Message}");
            if (e.Status is 416)
                invocation.HttpContext.Response.Headers.ContentRange = "*/*";

            return Results.Json(new { code = e.Code, details = e.Details, hint = e.Hint, message = e.Message }, statusCode: e.Status);
        }
    }
}
