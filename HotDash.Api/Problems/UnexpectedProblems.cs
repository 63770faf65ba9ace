using Microsoft.AspNetCore.Diagnostics;

namespace HotDash.Api.Problems;

/// <summary>Whatever nobody foresaw: logged here, told without details.</summary>
internal sealed class UnexpectedProblems(ILogger<UnexpectedProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return false;

        logger.LogError(exception, "A request failed unexpectedly.");
        const int status = StatusCodes.Status500InternalServerError;
        await ApiProblem.Of(status, ProblemCodes.Of(status), ProblemCodes.DetailOf(status)).ExecuteAsync(httpContext);
        return true;
    }
}
