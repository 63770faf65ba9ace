using System.Buffers;

namespace HotDash.Proxy.Headers;

/// <summary>
/// Every request has an id: the client's when it is well-formed, else a new one. It is passed on, logged as the request's
/// TraceIdentifier, and said in the answer.
/// </summary>
internal sealed class RequestIds(RequestDelegate next)
{
    public const string Header = "X-Request-Id";
    private const int MaxLength = 64;

    private static readonly SearchValues<char> WellFormed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = context.Request.Headers[Header] is [{ Length: > 0 and <= MaxLength } id] && !id.AsSpan().ContainsAnyExcept(WellFormed)
            ? id
            : Guid.CreateVersion7().ToString("N");

        return next(context);
    }
}
