using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Backchannel;

/// <summary>What <c>aspire ps, describe, logs, resource, wait, otel, export</c> and <c>stop</c> ask of a running app host.</summary>
internal sealed class CliMethods(
    ResourceDirectory directory,
    ResourceNotificationService notifications,
    ConsoleLogs logs,
    ResourceCommands commands,
    ResourceWait wait,
    DashboardHost dashboard,
    AppHostInfo appHost,
    IHostApplicationLifetime lifetime)
{
    // The CLI compares it with its own version; this app host speaks the protocol of Aspire 13.5.
    private const string AspireVersion = "13.5.4";

    private static readonly string[] Capabilities = ["aux.v1", "aux.v2", "aux.v3"];
    // `aspire stop` ends a process only when it began at this time (or its number may be another's by now), and else says it had stopped.
    private static readonly DateTimeOffset Started = StartOfThisProcess();

    public Dictionary<string, RpcMethod> ByName => new(StringComparer.Ordinal)
    {
        ["GetAppHostInformationAsync"] = (_, _) => Is(new
        {
            appHostPath = appHost.ProjectPath,
            processId = Environment.ProcessId,
            startedAt = Started,
        }),
        ["GetAppHostInfoAsync"] = (_, _) => Is(new
        {
            pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            aspireHostVersion = AspireVersion,
            appHostPath = appHost.ProjectPath,
        }),
        ["GetCapabilitiesAsync"] = (_, _) => Is(new { capabilities = Capabilities }),
        ["GetDashboardUrlsAsync"] = (_, _) => Is(new
        {
            dashboardHealthy = dashboard.IsHealthy,
            baseUrlWithLoginToken = dashboard.LoginUrl,
            codespacesUrlWithLoginToken = (string?)null,
        }),
        ["GetDashboardInfoAsync"] = (_, _) => Is(new
        {
            apiBaseUrl = dashboard.Url,
            apiToken = dashboard.Options.ApiKey,
            dashboardUrls = dashboard.LoginUrl is { } login ? new[] { login } : [],
            isHealthy = dashboard.IsHealthy,
        }),
        ["GetResourcesAsync"] = (_, _) => Is(new { resources = Describe(directory.All()) }),
        ["WatchResourcesAsync"] = (_, ct) => Is(WatchAsync(ct)),
        ["GetConsoleLogBatchesAsync"] = (args, ct) => Is(logs.ReadAsync(args.First<ConsoleLogs.Request>(), ct)),
        ["ExecuteResourceCommandAsync"] = async (args, ct) => await commands.ExecuteAsync(args.First<ResourceCommands.Request>(), ct),
        ["WaitForResourceAsync"] = async (args, ct) => await wait.WaitAsync(args.First<ResourceWait.Request>(), ct),
        ["WaitForAppHostReadyAsync"] = (_, _) => Is(new { isReady = true }),
        ["StopAsync"] = (args, _) => Stop(args),
    };

    private static Task<object?> Is(object? result) => Task.FromResult(result);

    private CliResource[] Describe(IReadOnlyList<ResourceEvent> resources)
    {
        var secrets = new Secrets(directory.All(), dashboard.Options.OtlpApiKey);

        return [.. resources.Select(e => CliResource.From(e, secrets))];
    }

    private async IAsyncEnumerable<object> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var change in notifications.WatchAsync(ct))
            yield return Describe([change])[0];
    }

    private Task<object?> Stop(JsonElement[] args)
    {
        if (args is [{ ValueKind: JsonValueKind.Object } request, ..]
            && request.TryGetProperty("exitCode", out var exitCode) && exitCode.TryGetInt32(out var code))
        {
            Environment.ExitCode = code;
        }

        lifetime.StopApplication();
        return Is(new { });
    }

    private static DateTimeOffset StartOfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new(process.StartTime);
    }
}
