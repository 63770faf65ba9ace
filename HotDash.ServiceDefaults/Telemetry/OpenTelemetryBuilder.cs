using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace HotDash.ServiceDefaults.Telemetry;

/// <summary>The one class of OpenTelemetry.Extensions.Hosting that its public extension methods need.</summary>
internal sealed class OpenTelemetryBuilder(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}
