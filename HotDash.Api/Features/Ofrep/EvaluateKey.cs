using System.Text.Json.Serialization.Metadata;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Ofrep;

internal static class EvaluateKey
{
    public static async Task<IResult> HandleAsync(string key, HttpRequest request, FlagBoard flags, CancellationToken ct)
    {
        try
        {
            var context = await OfrepContext.ReadAsync(request, ct);
            var answer = flags.EvaluateAll([key], context.User, context.Cohort)[0];

            return answer.Decision.Problem switch
            {
                FlagProblem.None => Json(OfrepSuccess.Of(answer), OfrepJson.Default.OfrepSuccess, StatusCodes.Status200OK),
                FlagProblem.NeedsUser => Json(OfrepFailure.Of(answer), OfrepJson.Default.OfrepFailure, StatusCodes.Status400BadRequest),
                _ => Json(OfrepFailure.Of(answer), OfrepJson.Default.OfrepFailure, StatusCodes.Status404NotFound),
            };
        }
        catch (OfrepRefusal e)
        {
            return Refused(key, e);
        }
    }

    public static IResult Refused(string? key, OfrepRefusal refusal) =>
        Json(new(key, refusal.Code, refusal.Message), OfrepJson.Default.OfrepFailure, StatusCodes.Status400BadRequest);

    private static IResult Json<T>(T value, JsonTypeInfo<T> shape, int status) => Results.Json(value, shape, statusCode: status);
}
