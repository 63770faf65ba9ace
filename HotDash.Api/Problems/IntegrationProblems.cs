using HotDash.Integrations;
using Microsoft.AspNetCore.Diagnostics;

namespace HotDash.Api.Problems;

/// <summary>Tells the caller which integration failed and how, and nothing of what the provider said.</summary>
internal sealed class IntegrationProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not IntegrationException failure)
            return false;

        await ApiProblem.Of(StatusOf(failure.Code), failure.Code, DetailOf(failure), failure.RetryAfter).ExecuteAsync(httpContext);
        return true;
    }

    private static int StatusOf(string code) => code switch
    {
        IntegrationCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        IntegrationCodes.Timeout => StatusCodes.Status504GatewayTimeout,
        IntegrationCodes.CircuitOpen or IntegrationCodes.CredentialsMissing or IntegrationCodes.IntegrationDisabled
            or IntegrationCodes.IntegrationPaused => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status502BadGateway,
    };

    private static string DetailOf(IntegrationException failure) =>
        failure.OutcomeUnknown
            ? $"{failure.Message}. It may have had its effect all the same: look before you send it again."
            : $"{failure.Message}.";
}
