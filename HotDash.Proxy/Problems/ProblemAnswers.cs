using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace HotDash.Proxy.Problems;

/// <summary>Gives every failure of the proxy itself a body. What the api answered passes as it is, also without a body.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (CanAnswer(context))
        {
            context.Response.Clear();
            context.Response.StatusCode = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
            LogFailed(e);
        }

        var failure = context.GetForwarderErrorFeature();

        if (failure is not null && !(context.RequestAborted.IsCancellationRequested && UpstreamFailures.ByClient(failure.Error)))
            LogNotForwarded(context.Request.Path, failure.Error, failure.Exception?.Message);

        if (CanAnswer(context) && !AnsweredByApi(context))
            await ExplainAsync(context.Response, failure);
    }

    private static Task ExplainAsync(HttpResponse response, IForwarderErrorFeature? failure)
    {
        if (failure is not null && UpstreamFailures.StatusOf(failure) is { } status)
            response.StatusCode = status;

        return response.StatusCode >= 400 ? Problem.WriteAsync(response.HttpContext) : Task.CompletedTask;
    }

    private static bool CanAnswer(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested;

    private static bool AnsweredByApi(HttpContext context) =>
        context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is not null && context.GetForwarderErrorFeature() is null;

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed inside the proxy.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was not forwarded to the end: {Error}. {Why}")]
    private partial void LogNotForwarded(string path, ForwarderError error, string? why);
}
