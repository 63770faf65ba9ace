using Polly;

namespace HotDash.Integrations;

/// <summary>
/// Sends a request through the layers. An attempt ends when the whole reply is in memory, so a slow or broken body counts like a
/// slow or broken answer.
/// </summary>
internal sealed class CallHandler(IntegrationOptions options, CallPipeline pipeline, ITokenBudget budget, CallTelemetry telemetry, TimeProvider clock)
    : DelegatingHandler
{
    public const int MaxReplyBytes = 5 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = (ProviderRequest)request;
        var context = ResilienceContextPool.Shared.Get(call.Cancellation);
        try
        {
            var outcome = await pipeline.ExecuteAsync(Attempt, context, call, (this, call));

            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static readonly Func<ResilienceContext, (CallHandler, ProviderRequest), ValueTask<Outcome<HttpResponseMessage>>> Attempt =
        static (context, state) => state.Item1.AttemptAsync(state.Item2, context.CancellationToken);

    /// <summary>Never throws: an outcome is cheaper than an exception that every layer catches and throws again.</summary>
    private async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(ProviderRequest call, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        call.Sent = true;
        call.Attempts++;
        try
        {
            var reply = await base.SendAsync(call, ct);
            await BufferAsync(reply, call, ct);
            Read(reply, call);

            telemetry.Attempted(options.Key, call.ReplyStatus, null, clock.GetElapsedTime(began));
            return Polly.Outcome.FromResult(reply);
        }
        catch (Exception e)
        {
            telemetry.Attempted(options.Key, 0, e, clock.GetElapsedTime(began));
            return Polly.Outcome.FromException<HttpResponseMessage>(e);
        }
    }

    private void Read(HttpResponseMessage reply, ProviderRequest call)
    {
        var reading = options.Resilience.ReadReply(reply, clock.GetUtcNow());
        (call.ReplyStatus, call.ReplyWait) = (reading.Status, reading.Wait);
        if (reading.Budget is { } left)
            budget.Report(options.Key, left);
    }

    private async Task BufferAsync(HttpResponseMessage reply, ProviderRequest request, CancellationToken ct)
    {
        try
        {
            await reply.Content.LoadIntoBufferAsync(MaxReplyBytes, ct);
        }
        catch (Exception e)
        {
            reply.Dispose();
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                throw Failures.UnexpectedReply(options.Key, "the reply is too large", reply.IsSuccessStatusCode && request.MayHaveHadEffect);

            throw;
        }
    }
}
