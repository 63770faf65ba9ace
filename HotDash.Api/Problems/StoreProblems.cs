using HotDash.ControlPlane.Store;
using Microsoft.AspNetCore.Diagnostics;

namespace HotDash.Api.Problems;

/// <summary>A store that does not answer is a 503: the same request may succeed in a moment.</summary>
internal sealed class StoreProblems(ILogger<StoreProblems> logger) : IExceptionHandler
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StoreUnavailableException && !StoreUnavailableException.IsCause(exception))
            return false;

        logger.LogError(exception, "The store does not answer.");
        await ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "The store does not answer.", TryAgain)
            .ExecuteAsync(httpContext);
        return true;
    }
}
