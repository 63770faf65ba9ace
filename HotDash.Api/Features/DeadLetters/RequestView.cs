using System.Text;
using HotDash.Integrations;

namespace HotDash.Api.Features.DeadLetters;

/// <summary>A request as those may see it who may send it again.</summary>
/// <param name="Headers">Null where the value is not shown.</param>
/// <param name="Body">Null when there is none, or when it is no text.</param>
internal sealed record RequestView(string Method, string Path, IReadOnlyDictionary<string, string?> Headers, string? Body, int BodyBytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whatever is not known to be harmless may be a secret.</summary>
    private static readonly HashSet<string> Harmless =
        new(["Accept", "Content-Language", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Prefer"], StringComparer.OrdinalIgnoreCase);

    public static RequestView Of(DeadLetterRequest request) => new(
        request.Method,
        request.Path,
        request.Headers.ToDictionary(header => header.Key, header => Harmless.Contains(header.Key) ? header.Value : null, StringComparer.OrdinalIgnoreCase),
        Text(request.Body.Span),
        request.Body.Length);

    private static string? Text(ReadOnlySpan<byte> body)
    {
        try
        {
            return body is [] ? null : Utf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
