using Microsoft.AspNetCore.WebUtilities;

namespace HotDash.Sandbox.Faults;

/// <summary>Stands between a caller and a provider, and lets faults happen to calls as the rules say.</summary>
internal sealed class FaultMiddleware(
    IEnumerable<IProvider> providers, FaultBook faults, TimeProvider clock, IHostApplicationLifetime lifetime) : IMiddleware
{
    private const string Page = "<!doctype html><html><head><title>One moment</title></head><body>Checking your browser.</body></html>";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.ProviderIn(providers) is not { } provider)
        {
            await next(context);
            return;
        }

        var route = context.Request.Path.Value![(provider.Key.Length + 1)..];
        var rule = faults.Draw(provider.Key, context.Request.Method, route);
        await HappenAsync(rule, context, next);
    }

    private Task HappenAsync(FaultRule? rule, HttpContext context, RequestDelegate next) => rule?.Kind switch
    {
        null => next(context),
        FaultKind.Status => AnswerAsync(context, rule.Status!.Value, rule.Body ?? """{"message":"The sandbox was told to fail."}""", "application/json", rule.Headers),
        FaultKind.Html => AnswerAsync(context, rule.Status ?? 200, rule.Body ?? Page, "text/html", rule.Headers),
        FaultKind.Latency => LateAsync(context, next, Delay(rule)),
        FaultKind.Reset => CutAsync(context),
        FaultKind.Timeout => HangAsync(context),
        FaultKind.LostAnswer => InsteadAsync(context, next, (_, _) => CutAsync(context)),
        FaultKind.WrongJson => InsteadAsync(context, next, (_, ct) => SendAsync(context, """{"surprise":true}"""u8.ToArray(), ct)),
        FaultKind.TruncatedJson => InsteadAsync(context, next, (body, ct) => SendAsync(context, body[..(body.Length / 2)], ct)),
        FaultKind.SlowBody => InsteadAsync(context, next, (body, ct) => StallAsync(context, body, Delay(rule), ct)),
        _ => throw new InvalidOperationException($"Unknown kind {rule.Kind}."),
    };

    private static TimeSpan Delay(FaultRule rule) => Configured.ParseDuration(rule.Delay!)!.Value;

    private static async Task AnswerAsync(
        HttpContext context, int status, string body, string type, IReadOnlyDictionary<string, string>? headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            context.Response.Headers[name] = value;

        if (status is not (204 or 205 or 304))
            await context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A caller that gives up in the meantime changes nothing: its request has arrived, and a provider does it.</summary>
    private async Task LateAsync(HttpContext context, RequestDelegate next, TimeSpan delay)
    {
        context.Request.EnableBuffering();
        await context.Request.Body.DrainAsync(context.RequestAborted);
        context.Request.Body.Position = 0;

        await WaitAsync(context, delay);
        await next(context);
    }

    private static Task CutAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task HangAsync(HttpContext context)
    {
        await WaitAsync(context, Timeout.InfiniteTimeSpan);
        context.Abort();
    }

    /// <summary>Ends early when the caller has given up or the sandbox stops: nobody waits for an answer any more.</summary>
    private async Task WaitAsync(HttpContext context, TimeSpan delay)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(delay, clock, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // What follows is up to the caller of this method.
        }
    }

    /// <summary>Lets the provider do its work, and answers something else.</summary>
    private static async Task InsteadAsync(HttpContext context, RequestDelegate next, Func<byte[], CancellationToken, Task> answer)
    {
        var wire = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        await answer(buffer.ToArray(), context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, byte[] body, CancellationToken ct)
    {
        if (context.Response.StatusCode is 204)
            context.Response.StatusCode = 200;

        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, ct);
    }

    private async Task StallAsync(HttpContext context, byte[] body, TimeSpan delay, CancellationToken ct)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), ct);
        await context.Response.Body.FlushAsync(ct);
        await WaitAsync(context, delay);
        if (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(body.AsMemory(body.Length / 2), ct);
    }
}
