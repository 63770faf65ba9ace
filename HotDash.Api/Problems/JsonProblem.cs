using System.Text.Json;

namespace HotDash.Api.Problems;

/// <summary>Says which place of a JSON body is wrong. The reader's own messages stay out: they name our types.</summary>
internal static class JsonProblem
{
    public static ApiProblem Of(JsonException failure) => failure switch
    {
        { InnerException: JsonException } => Malformed(failure),
        { Path: ['$', '.', .. var field] } => ApiProblem.Invalid(field, WhatIsWrong(failure)),
        { Path: ['$', '[', ..] } => ApiProblem.Invalid(failure.Path[1..], WhatIsWrong(failure)),
        _ => NoObject(),
    };

    public static ApiProblem NoObject() => ApiProblem.Invalid("body", "must be a JSON object.");

    private static ApiProblem Malformed(JsonException failure) => ApiProblem.Of(
        StatusCodes.Status400BadRequest,
        ProblemCodes.MalformedJson,
        $"The body is not valid JSON: line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}.");

    private static string WhatIsWrong(JsonException failure) =>
        failure.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not a known field."
        : failure.Message.Contains("uplicate", StringComparison.Ordinal) ? "is given twice."
        : "is not of the expected kind.";
}
