namespace HotDash.Integrations;

/// <summary>
/// The innermost layer, run once per attempt: takes a token, sends, and reads the whole reply,
/// so that a slow or broken body counts against the attempt like a slow or broken answer.
/// </summary>
internal sealed class WireHandler(string integration, ITokenBudget budget) : DelegatingHandler
{
    public const int MaxReplyBytes = 5 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // No retry policy knows our exceptions, so neither of the two below is repeated.
        if (await budget.TryTakeAsync(integration, cancellationToken) is { } wait)
            throw new RateLimitException(integration, wait, "our share of the rate limit is used up");

        request.MarkAsSent();
        var reply = await base.SendAsync(request, cancellationToken);
        try
        {
            await reply.Content.LoadIntoBufferAsync(MaxReplyBytes, cancellationToken);
            return reply;
        }
        catch (Exception e)
        {
            reply.Dispose();
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
                throw Failures.UnexpectedReply(integration, "the reply is too large", reply.IsSuccessStatusCode && request.MayHaveHadEffect());

            throw;
        }
    }
}
