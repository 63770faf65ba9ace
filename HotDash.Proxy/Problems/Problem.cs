using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace HotDash.Proxy.Problems;

/// <summary>The problem documents of the proxy (RFC 9457), by status. None says where the api is or how it failed inside.</summary>
internal sealed record Problem(string Code, string Title)
{
    public static Problem For(int status) => status switch
    {
        400 => new("bad_request", "The request cannot be read."),
        404 => new("not_found", "There is nothing at this address."),
        405 => new("method_not_allowed", "This method is not used here."),
        408 => new("request_timeout", "The request was sent too slowly."),
        413 => new("body_too_large", "The body is larger than this address accepts."),
        429 => new("rate_limited", "Too many requests. Retry-After says when to come back."),
        502 => new("upstream_failed", "The api broke off. Whether it did what was asked is not known."),
        503 => new("upstream_unavailable", "The api could not be reached. Nothing was done; try again."),
        504 => new("upstream_timeout", "The api did not answer in time. Whether it did what was asked is not known."),
        >= 500 => new("internal_error", "The proxy failed."),
        _ => new("refused", "The request was refused."),
    };

    public static Task WriteAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var (code, title) = For(status);

        return context.Response.WriteAsJsonAsync(
            new ProblemDetails
            {
                Type = $"https://hotdash.dev/problems/{code}",
                Title = title,
                Status = status,
                Extensions =
                {
                    ["code"] = code,
                    ["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
                },
            },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
