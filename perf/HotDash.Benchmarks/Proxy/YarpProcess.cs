using System.Diagnostics;
using HotDash.Benchmarks.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace HotDash.Benchmarks.Proxy;

/// <summary>YARP with one route and nothing else: what HotDash.Proxy is built on, and the most that it could reach.</summary>
internal sealed class YarpProcess(Process process, Uri address) : ServerProcess(process, address)
{
    /// <summary>The argument with which the benchmarks' program is this server, followed by its own address and the api's.</summary>
    public const string Command = "yarp-alone";

    public static async Task<YarpProcess> StartAsync(BenchmarkApi api, CancellationToken ct)
    {
        var address = FreeAddress();
        ProcessStartInfo start = new("dotnet", [typeof(YarpProcess).Assembly.Location, Command, address.ToString(), api.Address.ToString()]);

        return new YarpProcess(await StartAsync(start, address, ct), address);
    }

    public static async Task<int> RunAsync(string address, string api)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new() { RouteId = "all", ClusterId = "api", Match = new() { Path = "/{**rest}" } }],
            [new() { ClusterId = "api", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["api"] = new() { Address = api } } }]);

        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }
}
