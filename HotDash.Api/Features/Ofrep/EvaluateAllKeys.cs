using System.Security.Cryptography;
using System.Text.Json;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Ofrep;

/// <summary>All flags for one user. The ETag is made of the answer itself, so it changes exactly when an evaluation does.</summary>
internal static class EvaluateAllKeys
{
    public static async Task<IResult> HandleAsync(HttpRequest request, FlagBoard flags, CancellationToken ct)
    {
        try
        {
            var context = await OfrepContext.ReadAsync(request, ct);
            var answers = flags.EvaluateAll(null, context.User, context.Cohort);
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new OfrepBulk([.. answers.Select(answer => answer.Decision.Problem is FlagProblem.None ? (object)OfrepSuccess.Of(answer) : OfrepFailure.Of(answer))]),
                OfrepJson.Default.OfrepBulk);

            return Answer(request, body);
        }
        catch (OfrepRefusal e)
        {
            return EvaluateKey.Refused(key: null, e);
        }
    }

    private static IResult Answer(HttpRequest request, byte[] body)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        request.HttpContext.Response.Headers.ETag = tag;

        return request.Headers.IfNoneMatch.Any(given => given?.Contains(tag, StringComparison.Ordinal) is true)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(body, "application/json");
    }
}
