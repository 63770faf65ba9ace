using System.Text.Json;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Publer;

/// <summary>How Publer answers.</summary>
internal static class PublerReply
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Ok<T>(T body) => Results.Json(body, Json);

    /// <summary>Two shapes, because Publer's pages and its OpenAPI file disagree.</summary>
    public static IResult Job<T>(bool wrapped, T body) => wrapped ? Ok(new { success = true, data = body }) : Ok(body);

    public static IResult Refuse(HttpContext context, int status, string why)
    {
        ViolationMiddleware.Explain(context, why);
        return Results.Json(new { errors = new[] { why } }, statusCode: status);
    }

    /// <summary>The one error whose key is singular, and no Retry-After with it.</summary>
    public static IResult Throttle(HttpContext context)
    {
        const string why = "Rate limit exceeded. Retry later.";
        ViolationMiddleware.Explain(context, why);
        return Results.Json(new { error = why }, statusCode: StatusCodes.Status429TooManyRequests);
    }
}
