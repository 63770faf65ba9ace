using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.ServiceDefaults.Tests;

internal static class Worker
{
    /// <summary>A host without a web server, with the service defaults and a silent console.</summary>
    public static HostApplicationBuilder Create(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddSettings(settings);
        builder.AddServiceDefaults();

        return builder;
    }
}
