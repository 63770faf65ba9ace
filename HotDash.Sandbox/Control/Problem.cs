using System.Diagnostics;

namespace HotDash.Sandbox.Control;

/// <summary>The control routes' own errors, as the rest of HotDash writes them (RFC 9457).</summary>
internal static class Problem
{
    public static IResult Invalid(IReadOnlyDictionary<string, string> errors) => Results.Problem(
        title: "The request is not valid.",
        statusCode: StatusCodes.Status400BadRequest,
        type: "https://hotdash.dev/problems/invalid_request",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = "invalid_request",
            ["traceId"] = Activity.Current?.TraceId.ToString(),
            ["errors"] = errors.ToDictionary(error => error.Key, error => new[] { error.Value }, StringComparer.Ordinal),
        });

    public static IResult NotFound(string what) => Results.Problem(
        title: what,
        statusCode: StatusCodes.Status404NotFound,
        type: "https://hotdash.dev/problems/not_found",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = "not_found",
            ["traceId"] = Activity.Current?.TraceId.ToString(),
        });
}
