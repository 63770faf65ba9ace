using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HotDash.Benchmarks.Proxy;

/// <summary>A small api that vouches for every key, and the collector of the traces.</summary>
internal sealed class BenchmarkApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchmarkApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<BenchmarkApi> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

        var app = builder.Build();
        app.Run(Answer);
        await app.StartAsync(ct);

        return new BenchmarkApi(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task Answer(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

        if (context.Request.Headers.Authorization.Count > 0)
            context.Response.Headers["X-HotDash-Key-Id"] = "0199f2a0-0000-7000-8000-000000000001";

        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync("hello world", context.RequestAborted);
    }
}
