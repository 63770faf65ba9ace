using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard is and the keys to its doors; made once per run. A class, since it holds secrets.</summary>
internal sealed class DashboardOptions
{
    /// <exception cref="DistributedApplicationException">An address is not a plain http address of this machine.</exception>
    public DashboardOptions(IConfiguration configuration)
    {
        FrontendPort = PortIn(configuration, "ASPNETCORE_URLS");
        OtlpGrpcPort = PortIn(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL");
        OtlpHttpPort = PortIn(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        ResourceServicePort = PortIn(configuration, "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL");
        AllowAnonymous = Find(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS").Value is "true" or "True" or "1";
        BrowserToken = Find(configuration, "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN").Value is { Length: > 0 } token ? token : NewKey();
    }

    /// <summary>Null: any free port; so for the other ports.</summary>
    public int? FrontendPort { get; }

    public int? OtlpGrpcPort { get; }

    public int? OtlpHttpPort { get; }

    public int? ResourceServicePort { get; }

    /// <summary>Nobody is asked for a token or key, except by the resource service.</summary>
    public bool AllowAnonymous { get; }

    /// <summary>Signs a person in.</summary>
    public string BrowserToken { get; }

    /// <summary>Lets a process send telemetry.</summary>
    public string OtlpApiKey { get; } = NewKey();

    /// <summary>Lets the dashboard read resources and run commands.</summary>
    public string ResourceServiceApiKey { get; } = NewKey();

    /// <summary>Lets a program read telemetry.</summary>
    public string ApiKey { get; } = NewKey();

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static int? PortIn(IConfiguration configuration, string key)
    {
        var (name, value) = Find(configuration, key);
        if (value is not { Length: > 0 })
            return null;

        return Uri.TryCreate(value.Split(';')[0], UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true }
            ? uri.Port is 0 ? null : uri.Port
            : throw new DistributedApplicationException(
                $"{name} is '{value}', but the dashboard is served on this machine only, without TLS: use an address such as http://localhost:18888.");
    }

    /// <summary>The name and the value; older app hosts write DOTNET_ where the key begins with ASPIRE_.</summary>
    private static (string Name, string? Value) Find(IConfiguration configuration, string key)
    {
        var legacy = key.Replace("ASPIRE_", "DOTNET_", StringComparison.Ordinal);

        return configuration[key] is { } value ? (key, value) : (legacy, configuration[legacy]);
    }
}
