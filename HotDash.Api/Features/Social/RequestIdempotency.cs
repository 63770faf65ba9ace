using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Social;
using Microsoft.OpenApi;

namespace HotDash.Api.Features.Social;

/// <summary>The header by which a caller names a request, so that sending it again does not do it again.</summary>
internal static class RequestIdempotency
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Reads the header by hand: bound parameters cannot tell an empty one from none. So the document is told by hand, too.</summary>
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder builder) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. operation.Parameters ?? [], new OpenApiParameter
            {
                Name = Header,
                In = ParameterLocation.Header,
                Description = $"1 to {MaxLength} printable characters; repeating a request with its key is harmless for 7 days",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = MaxLength },
            }];
            return Task.CompletedTask;
        });

    /// <summary>The key is null when none was sent. Keys of different callers never meet.</summary>
    public static bool TryRead(
        IHeaderDictionary headers, Guid keyId, SchedulePost.Request request, out IdempotencyKey? key, [NotNullWhen(false)] out ApiProblem? refusal)
    {
        (key, refusal) = (null, null);
        if (!headers.TryGetValue(Header, out var values))
            return true;

        if (values is not [{ Length: >= 1 and <= MaxLength } value] || value.Any(letter => letter is < ' ' or > '~'))
        {
            refusal = ApiProblem.Invalid(Header, $"must be given once, with 1 to {MaxLength} printable ASCII characters.");
            return false;
        }

        key = new(keyId, value, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, JsonSerializerOptions.Web)));
        return true;
    }

    public static ApiProblem InFlight() => ApiProblem.Of(
        StatusCodes.Status409Conflict, ProblemCodes.IdempotencyInFlight, $"A request with this {Header} is being worked on; try again in a moment.", Soon);

    public static ApiProblem Reused() => ApiProblem.Of(
        StatusCodes.Status422UnprocessableEntity, ProblemCodes.IdempotencyMismatch, $"This {Header} was used for another request; use a new one.");
}
