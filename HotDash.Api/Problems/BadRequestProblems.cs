using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace HotDash.Api.Problems;

/// <summary>A request that could not be read: says where, in our own words.</summary>
internal sealed class BadRequestProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException refusal)
            return false;

        await ProblemOf(refusal).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The server's own refusals are of a derived type; the plain one without a cause says that the body is missing.</summary>
    private static ApiProblem ProblemOf(BadHttpRequestException refusal) => refusal switch
    {
        { InnerException: JsonException json } => JsonProblem.Of(json),
        { StatusCode: StatusCodes.Status400BadRequest } when refusal.GetType() == typeof(BadHttpRequestException) => JsonProblem.NoObject(),
        { StatusCode: var status } => ApiProblem.Of(status, ProblemCodes.Of(status), ProblemCodes.DetailOf(status)),
    };
}
