using Polly;

namespace Microsoft.Extensions.Http.Resilience;

internal sealed class ResilienceHandler(StandardPipeline pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);

        try
        {
            context.Begin(request, pipeline.Clock.GetTimestamp());
            var outcome = await pipeline.Layers.ExecuteOutcomeAsync(AttemptAsync, context, (Handler: this, Request: request));
            outcome.ThrowIfException();

            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(
        ResilienceContext context, (ResilienceHandler Handler, HttpRequestMessage Request) state)
    {
        try
        {
            return Outcome.FromResult(await state.Handler.ForwardAsync(state.Request, context.CancellationToken));
        }
        catch (Exception e)
        {
            // An outcome is cheaper than an exception that five layers catch and throw again.
            return Outcome.FromException<HttpResponseMessage>(e);
        }
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
