using System.Diagnostics;
using System.Globalization;

namespace HotDash.Api.Problems;

/// <summary>A problem document (https://www.rfc-editor.org/rfc/rfc9457) as an answer. It is written whatever the caller accepts.</summary>
internal sealed class ApiProblem(ProblemDocument document) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/problem+json";

    public ProblemDocument Document { get; } = document;

    /// <summary>How long the caller should wait, sent as Retry-After in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int? StatusCode => Document.Status;

    public static ApiProblem Of(int status, string code, string detail, TimeSpan? retryAfter = null) => new(new()
    {
        Type = $"https://hotdash.dev/problems/{code}",
        Title = ProblemCodes.TitleOf(status),
        Status = status,
        Code = code,
        Detail = detail,
    })
    {
        RetryAfter = retryAfter,
    };

    /// <summary>A 400 that names each field (of the body, the query or a header) and what is wrong with it.</summary>
    public static ApiProblem Invalid(IReadOnlyDictionary<string, string[]> errors)
    {
        var detail = string.Join(' ', errors.SelectMany(field => field.Value.Select(what => $"{field.Key}: {what}")));

        return new(Of(StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, detail).Document with { Errors = errors });
    }

    public static ApiProblem Invalid(string field, string what) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [what] });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Document.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        var traced = Document with { TraceId = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier };
        return response.WriteAsJsonAsync(traced, ProblemJson.Default.ProblemDocument, MediaType, httpContext.RequestAborted);
    }
}
