using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace HotDash.Proxy.Tests;

/// <summary>An api that answers as the test says, on a real port.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<Upstream> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });

        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);

        return new Upstream(app);
    }

    /// <summary>Answers with the request as it arrived: "METHOD target", its headers one a line, a blank line, and the body.</summary>
    public static async Task Echo(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.Select(h => $"{h.Key}: {h.Value}");

        await context.Response.WriteAsync($"{context.Request.Method} {target}\n{string.Join('\n', headers)}\n\n{text}");
    }

    /// <summary>Never answers.</summary>
    public static Task Stall(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>An address where nothing listens.</summary>
    public static async Task<string> GoneAsync()
    {
        await using var gone = await StartAsync(Echo);

        return gone.Address;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
