using Microsoft.Extensions.Options;

namespace HotDash.Proxy.Limits;

/// <summary>
/// 413 for a body that is too large, also when its length is not told. Kestrel's own limit would close the connection under a
/// client that is still sending, which then often never sees the answer; this way the server reads on for a bounded while.
/// </summary>
internal sealed class BodyLimits(RequestDelegate next, IOptions<ProxyOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var limit = Webhooks.Are(context) ? options.Value.MaxWebhookBodyBytes : options.Value.MaxBodyBytes;

        if (context.Request.ContentLength > limit)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        if (context.Request.ContentLength is null)
            context.Request.Body = new LimitedBody(context.Request.Body, limit);

        return next(context);
    }
}
