using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HotDash.Api.Tests.Secrets;

/// <summary>Plays every provider at once, and says everything back that it is sent: keys above all.</summary>
internal sealed class EchoingProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private EchoingProvider(WebApplication app) => _app = app;

    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>How many requests carried a marked key.</summary>
    public int Asked => _asked;

    public string Address => _app.Urls.Single();

    public static async Task<EchoingProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var provider = new EchoingProvider(builder.Build());

        provider._app.MapPost("/token", () => $$"""{"access_token":"{{CanaryTests.Marker}}token","expires_in":3599,"token_type":"Bearer"}""");
        provider._app.MapFallback(provider.AnswerAsync);
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var echo = $"{context.Request.Path} {headers} {await reader.ReadToEndAsync(context.RequestAborted)}";
        if (echo.Contains(CanaryTests.Marker, StringComparison.Ordinal))
            Interlocked.Increment(ref _asked);

        context.Response.StatusCode = Status;
        context.Response.Headers["X-Echo"] = string.Concat(headers.Where(char.IsAscii));
        await context.Response.WriteAsync(echo, context.RequestAborted);
    }
}
