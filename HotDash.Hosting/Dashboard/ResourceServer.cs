using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the resource service over HTTP/2 on the loopback address to whoever has the key.</summary>
internal sealed class ResourceServer(DashboardService service, DashboardOptions options, ILogger<ResourceServer> logger) : IAsyncDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    /// <returns>The address, whose port is the given one or, for 0, a free one.</returns>
    public async Task<Uri> StartAsync(int port, CancellationToken ct)
    {
        // The empty builder reads no environment: ASPNETCORE_URLS is the dashboard's address, not this server's.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);

        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync(ct);

        return new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app)
            return;

        await _stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (!IsKeyRight(http.Request.Headers[KeyHeader].ToString()))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers["grpc-status"] = "16";
            return;
        }

        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        var call = new GrpcCall(http, aborted.Token);
        await call.StartAsync();
        var (status, message) = await RunAsync(call, http.Request.Path);
        call.End(status, message);
    }

    private async Task<(GrpcStatus, string?)> RunAsync(GrpcCall call, PathString path)
    {
        if (!service.Methods.TryGetValue(path.Value ?? "", out var method))
            return (GrpcStatus.Unimplemented, null);

        try
        {
            await method(call);
            return (GrpcStatus.Ok, null);
        }
        catch (GrpcException e)
        {
            return (e.Status, e.Message);
        }
        catch (Exception e) when (call.Aborted.IsCancellationRequested)
        {
            logger.LogDebug(e, "The dashboard's call to {Path} has ended.", path);
            return (_stopping.IsCancellationRequested ? GrpcStatus.Unavailable : GrpcStatus.Cancelled, null);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The dashboard's call to {Path} failed.", path);
            return (GrpcStatus.Internal, "The app host failed to answer; its log says why.");
        }
    }

    private bool IsKeyRight(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(options.ResourceServiceApiKey));
}
