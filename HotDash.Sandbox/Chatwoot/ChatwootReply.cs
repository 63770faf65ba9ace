using System.Text.Json;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>How Chatwoot answers. Its errors are not those of its description.</summary>
internal static class ChatwootReply
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Ok<T>(T body) => Results.Json(body, Json);

    public static IResult NotFound(HttpContext context) => Refuse(context, 404, "Resource could not be found");

    public static IResult Refuse(HttpContext context, int status, string error) => Refuse(context, status, new { error }, error);

    /// <summary>A record that does not hold its model's rules.</summary>
    public static IResult Invalid(HttpContext context, string attribute, string message) =>
        Refuse(context, 422, new { message, attributes = new[] { attribute } }, message);

    public static IResult Refuse<T>(HttpContext context, int status, T body, string why)
    {
        ViolationMiddleware.Explain(context, why);
        return Results.Json(body, statusCode: status);
    }
}
