using HotDash.Proxy.Headers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HotDash.Proxy;

/// <summary>What the proxy listens on, and what one connection may cost it.</summary>
internal static class Server
{
    private const string DefaultUrls = "http://localhost:8080";

    public static void AddProxyOptions(this WebApplicationBuilder builder) =>
        builder.Services
            .AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>()
            .AddOptions<ProxyOptions>()
            .BindConfiguration(ProxyOptions.Section)
            .PostConfigure(FindApiByName)
            .Validate(o => o.Destinations.All(IsHttpAddress), "Proxy:Destinations: give absolute http or https addresses, such as http://api.")
            .Validate(o => o.TrustedProxies.All(TrustedProxies.IsNetwork), "Proxy:TrustedProxies: give IP addresses or networks, such as 10.0.0.0/8.")
            .ValidateOnStart();

    /// <summary>Limits of this server; section <c>Kestrel:Limits</c> overrides each of them.</summary>
    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = LengthInDigits.Of;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
            kestrel.Limits.MaxConcurrentConnections = 10_000;
        });
        builder.Services.Configure<KestrelServerOptions>(builder.Configuration.GetSection("Kestrel"));
        builder.WebHost.UseUrls(UrlsOf(builder.Configuration));
    }

    private static string UrlsOf(ConfigurationManager configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? FromPorts(configuration[WebHostDefaults.HttpPortsKey]) ?? DefaultUrls;
        var management = configuration.GetValue<int>($"{ProxyOptions.Section}:{nameof(ProxyOptions.ManagementPort)}");

        return management is 0 || urls.Split(';').Any(url => BindingAddress.Parse(url).Port == management)
            ? urls
            : $"{urls};http://localhost:{management}";
    }

    private static string? FromPorts(string? ports) =>
        ports is null ? null : string.Join(';', ports.Split(';').Select(port => $"http://*:{port}"));

    private static void FindApiByName(ProxyOptions options)
    {
        if (options.Destinations.Count == 0)
            options.Destinations.Add("http://api");
    }

    private static bool IsHttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { AbsolutePath: "/", Scheme: "http" or "https" or "https+http" };
}
