using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Api.Problems;

/// <summary>The body of every refusal and failure.</summary>
internal sealed record ProblemDocument
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>Stable: programs may rely on it. The table is in docs/errors.md.</summary>
    public required string Code { get; init; }

    public required string Detail { get; init; }

    /// <summary>What is wrong with which field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Finds the request in the traces and logs.</summary>
    public string? TraceId { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ProblemJson : JsonSerializerContext;
