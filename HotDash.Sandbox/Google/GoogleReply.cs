using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Google;

/// <summary>How Google's apis refuse. https://cloud.google.com/apis/design/errors</summary>
internal static class GoogleReply
{
    public static IResult Refuse(HttpContext context, int code, string status, string message)
    {
        ViolationMiddleware.Explain(context, $"{status}: {message}");
        return Results.Json(new { error = new { code, message, status } }, statusCode: code);
    }

    /// <summary>The older shape: a list with a reason, and no status.</summary>
    public static IResult RefuseFor(HttpContext context, int code, string domain, string reason, string message)
    {
        ViolationMiddleware.Explain(context, $"{reason}: {message}");
        return Results.Json(new { error = new { code, message, errors = new[] { new { message, domain, reason } } } }, statusCode: code);
    }

    public static IResult BadRequest(HttpContext context, string message) => Refuse(context, 400, "INVALID_ARGUMENT", message);
}
