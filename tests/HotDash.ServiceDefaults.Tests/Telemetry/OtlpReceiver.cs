using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HotDash.ServiceDefaults.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps the bytes as text: names and messages stand in protobuf as they are.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string? Key, string Body)> Received { get; } = new();

    public string Address => _app.Urls.Single();

    /// <param name="answer">Awaited before each answer: a receiver that hangs gives a task that never ends.</param>
    public static async Task<OtlpReceiver> StartAsync(Func<CancellationToken, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/{signal}", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
            receiver.Received.Enqueue(
                (http.Request.Path, http.Request.Headers["x-otlp-api-key"], await reader.ReadToEndAsync(http.RequestAborted)));
            await (answer?.Invoke(http.RequestAborted) ?? Task.CompletedTask);
        });
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);

        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
