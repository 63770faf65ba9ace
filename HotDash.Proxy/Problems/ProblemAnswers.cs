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

        if (CanAnswer(context) && !AnsweredByApi(context))
            await ExplainAsync(context);
    }

    private Task ExplainAsync(HttpContext context)
    {
        if (context.GetForwarderErrorFeature() is { } failure)
        {
            context.Response.StatusCode = UpstreamFailures.StatusOf(failure) ?? context.Response.StatusCode;
            LogNotForwarded(failure.Error, failure.Exception?.Message);
        }

        return context.Response.StatusCode >= 400 ? Problem.WriteAsync(context) : Task.CompletedTask;
    }

    private static bool CanAnswer(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested;

    private static bool AnsweredByApi(HttpContext context) =>
        context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is not null && context.GetForwarderErrorFeature() is null;

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed inside the proxy.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was not forwarded to the end: {Error}. {Why}")]
    private partial void LogNotForwarded(ForwarderError error, string? why);
}
