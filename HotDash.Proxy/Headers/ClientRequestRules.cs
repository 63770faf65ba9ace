using System.Collections.Frozen;
using HotDash.ServiceDefaults.Requests;

namespace HotDash.Proxy.Headers;

/// <summary>Refuses what no honest client sends, and removes what only a proxy may say.</summary>
internal sealed class ClientRequestRules(RequestDelegate next)
{
    // Kestrel renames Content-Length to this when Transfer-Encoding came too: two framings in one request are an attempt to smuggle a second.
    private const string SecondFraming = "X-Content-Length";

    private static readonly FrozenSet<string> Methods =
        FrozenSet.Create(StringComparer.Ordinal, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static readonly string Allow = string.Join(", ", Methods);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(SecondFraming) || !context.Request.Headers.HaveNames() || !context.HasReadableTarget())
            return Refuse(context, StatusCodes.Status400BadRequest);

        if (!Methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = Allow;
            return Refuse(context, StatusCodes.Status405MethodNotAllowed);
        }

        context.Request.Headers.RemoveClaims();
        return next(context);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
