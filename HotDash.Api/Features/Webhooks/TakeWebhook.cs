using HotDash.Api.Problems;
using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HotDash.Api.Features.Webhooks;

/// <summary>The signature is checked on the bytes as they came, before anything is parsed.</summary>
internal static class TakeWebhook
{
    /// <summary>Providers send whole orders.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <param name="Id">Of the event as it is stored; null when it had been delivered before and is deleted meanwhile.</param>
    public sealed record Reply(Guid? Id, bool Duplicate);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string source, HttpRequest request, WebhookIntake intake, CancellationToken ct)
    {
        if (!intake.Knows(source))
            return ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "No secret is configured for a sender of this name.");
        if (!IsJson(request))
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType, "Send the event as Content-Type: application/json.");
        if (await ReadAsync(request, ct) is not { } body)
            return ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, ProblemCodes.BodyTooLarge, "The event is too large: at most 2 MB.");

        var answer = await intake.TakeAsync(source, request.Headers, body);
        return answer.Verdict switch
        {
            IntakeVerdict.Kept => TypedResults.Ok(new Reply(answer.Id, Duplicate: false)),
            IntakeVerdict.Duplicate => TypedResults.Ok(new Reply(answer.Id, Duplicate: true)),
            IntakeVerdict.TooOld => ApiProblem.Of(StatusCodes.Status401Unauthorized, ProblemCodes.WebhookTooOld, "The signed time is too far from ours."),
            _ => ApiProblem.Of(StatusCodes.Status401Unauthorized, ProblemCodes.BadSignature, "The signature is missing, or not of this body with a secret that we know."),
        };
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <returns>Null when it is too large.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
            return null;

        try
        {
            using var body = new MemoryStream((int)(request.ContentLength ?? 0));
            await request.Body.CopyToAsync(body, ct);
            return body.ToArray();
        }
        catch (BadHttpRequestException e) when (e.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
