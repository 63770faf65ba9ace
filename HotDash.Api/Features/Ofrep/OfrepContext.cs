using System.Text.Json;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Ofrep;

/// <summary>Who asks: <c>{"context":{"targetingKey":"user-1","cohort":"beta"}}</c>. What else is in it is nobody's business here.</summary>
internal sealed record OfrepContext(string? User, string? Cohort)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="OfrepRefusal">It cannot be read.</exception>
    public static async Task<OfrepContext> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, Strict, ct);
            return body.RootElement.ValueKind is JsonValueKind.Object ? Read(body.RootElement) : throw new OfrepRefusal("PARSE_ERROR", "The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new OfrepRefusal("PARSE_ERROR", $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new OfrepRefusal("PARSE_ERROR", "A text in the body is not UTF-8.");
        }
    }

    private static OfrepContext Read(JsonElement body)
    {
        if (!body.TryGetProperty("context", out var context))
            return new(null, null);
        if (context.ValueKind is not JsonValueKind.Object)
            throw Invalid("context must be an object.");

        var (user, cohort) = (Text(context, "targetingKey"), Text(context, "cohort"));
        if (user is not null && !FlagRules.IsUser(user))
            throw Invalid($"context.targetingKey {FlagRules.UserRule}");
        if (cohort is not null && !Cohorts.All.Contains(cohort, StringComparer.Ordinal))
            throw Invalid($"context.cohort {Cohorts.Rule}");

        return new(user, cohort);
    }

    private static string? Text(JsonElement context, string name) => !context.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => throw Invalid($"context.{name} must be a text."),
    };

    private static OfrepRefusal Invalid(string details) => new("INVALID_CONTEXT", details);
}

/// <summary>The request cannot be answered, whatever the flag.</summary>
internal sealed class OfrepRefusal(string code, string details) : Exception(details)
{
    public string Code => code;
}
