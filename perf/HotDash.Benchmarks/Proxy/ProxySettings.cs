using System.Diagnostics;
using HotDash.Benchmarks.Processes;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Proxy;

/// <summary>HotDash.Proxy as it was built, with limits that count and are never reached.</summary>
internal sealed class ProxyProcess(Process process, Uri address) : ServerProcess(process, address)
{
    public static Dictionary<string, string> Bare(Uri api) => new(StringComparer.Ordinal)
    {
        ["Proxy__Destinations__0"] = api.ToString(),
        ["Proxy__RateLimits__Address__Requests"] = "1000000000",
        ["Proxy__RateLimits__Key__Requests"] = "1000000000",
        ["OTEL_SDK_DISABLED"] = "true",
    };

    public static Dictionary<string, string> LimitedAndTraced(Uri api) => new(Bare(api), StringComparer.Ordinal)
    {
        ["OTEL_SDK_DISABLED"] = "false",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = api.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
        ["OTEL_TRACES_SAMPLER_ARG"] = "0.05",
    };

    public static async Task<ProxyProcess> StartAsync(Uri api, Func<Uri, Dictionary<string, string>> settings, CancellationToken ct)
    {
        var address = FreeAddress();
        var start = BuiltProgram.Command("HotDash.Proxy", [],
        [
            ("ASPNETCORE_URLS", address.ToString()),
            ("Logging__LogLevel__Default", "Warning"),
            .. settings(api).Select(setting => (setting.Key, setting.Value)),
        ]);

        return new ProxyProcess(await StartAsync(start, address, ct), address);
    }
}
