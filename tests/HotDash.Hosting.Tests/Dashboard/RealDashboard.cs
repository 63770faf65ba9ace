using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Tools;

namespace HotDash.Hosting.Tests.Dashboard;

/// <summary>The real dashboard as a child process, connected to the resource service of an app host.</summary>
internal sealed class RealDashboard : IAsyncDisposable
{
    private readonly Process _process;

    private RealDashboard(Process process, Uri url, Uri otlp) => (_process, Url, Otlp) = (process, url, otlp);

    public Uri Url { get; }

    public Uri Otlp { get; }

    public static async Task<RealDashboard> StartAsync(FakeAppHost appHost, CancellationToken ct)
    {
        var bundle = await AspireBundle.EnsureAsync(ct);
        var server = await appHost.Get<ResourceServer>().StartAsync(0, ct);
        var (url, otlpGrpc, otlpHttp) = (FreeAddress(), FreeAddress(), FreeAddress());
        var start = new ProcessStartInfo(bundle.DashboardPath, ["dashboard"])
        {
            WorkingDirectory = Path.GetDirectoryName(bundle.DashboardPath),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in DashboardEnvironment.For(appHost.Get<DashboardOptions>(), new(url, url, otlpGrpc, otlpHttp), server))
        {
            start.Environment[name] = value.ToString();
        }

        var dashboard = new RealDashboard(Process.Start(start)!, new(url), new(otlpHttp));
        await dashboard.WaitUntilItListensAsync(ct);

        return dashboard;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilItListensAsync(CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line.Contains("Login to the dashboard at", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("The dashboard ended before it listened.");
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
