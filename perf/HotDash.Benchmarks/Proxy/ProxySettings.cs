namespace HotDash.Benchmarks.Proxy;

/// <summary>Of HotDash.Proxy, with limits that count and are never reached.</summary>
internal static class ProxySettings
{
    public static (string Name, string Value)[] Bare(Uri api) =>
    [
        ("Proxy__Destinations__0", api.ToString()),
        ("Proxy__RateLimits__Address__Requests", "1000000000"),
        ("Proxy__RateLimits__Key__Requests", "1000000000"),
    ];

    public static (string Name, string Value)[] LimitedAndTraced(Uri api) =>
    [
        .. Bare(api),
        ("OTEL_SDK_DISABLED", "false"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", api.ToString()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.05"),
    ];
}
