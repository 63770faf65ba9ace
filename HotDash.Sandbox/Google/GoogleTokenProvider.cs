using System.Text.Json.Nodes;
using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Google;

/// <summary>Where service accounts get their tokens. https://developers.google.com/identity/protocols/oauth2/service-account#httprest</summary>
internal sealed class GoogleTokenProvider(GoogleAccount account) : IProvider
{
    public string Key => "google";

    public void Map(RouteGroupBuilder routes) => routes.MapPost("/token", async (HttpContext context) =>
    {
        var request = context.Request;
        if (!request.HasFormContentType)
            return Refuse(context, "invalid_request", "Could not parse request body.");

        var form = await request.ReadFormAsync(context.RequestAborted);
        var (token, error, description) = account.Exchange(
            form["grant_type"].ToString(), form["assertion"].ToString(), $"{request.Scheme}://{request.Host}{request.Path}");

        return token is null ? Refuse(context, error, description) : Results.Json(new { access_token = token, expires_in = 3599, token_type = "Bearer" });
    });

    public void Reset() => account.Reset();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) =>
        changes.ToDictionary(change => change.Key, _ => "Google's tokens have no settings.", StringComparer.Ordinal);

    private static IResult Refuse(HttpContext context, string error, string description)
    {
        ViolationMiddleware.Explain(context, $"{error}: {description}");
        return Results.Json(new { error, error_description = description }, statusCode: StatusCodes.Status400BadRequest);
    }
}
