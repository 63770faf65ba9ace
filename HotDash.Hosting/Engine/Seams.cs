// Placeholders with the agreed signatures: whoever owns one deletes it here when the real one lands in its folder.
// Classes that are not static are made by dependency injection; they may ask for ResourceNotificationService,
// ResourceLoggerService, ResourceCommandService, DistributedApplicationModel, DashboardOptions, DashboardHost, AppHostState,
// AppHostInfo, IConfiguration, IHostApplicationLifetime, TimeProvider and loggers.
#pragma warning disable CA1822
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Dashboard
{
    /// <summary>Where the dashboard is and the keys to its doors; made once per run.</summary>
    internal sealed class DashboardOptions
    {
        public string OtlpApiKey { get; } = Guid.NewGuid().ToString("N");
    }

    /// <summary>The resource service that the dashboard reads, and the dashboard as a hidden resource of the model.</summary>
    internal sealed class DashboardHost : IAsyncDisposable
    {
        /// <summary>Starts the resource service (Kestrel), before DCP.</summary>
        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

        /// <summary>
        /// The resource <c>aspire-dashboard</c>: hidden, with the endpoints <c>http</c>, <c>otlp-grpc</c> and <c>otlp-http</c>
        /// (ports from configuration, none = any), its environment as callbacks, a health check on /login.
        /// The engine adds it to the model and runs it like any other; projects send telemetry to <c>otlp-grpc</c>.
        /// </summary>
        public ExecutableResource? CreateResource(AspireBundle bundle) => null;

        /// <summary>The link with the token; known once endpoints are allocated.</summary>
        public string LoginUrl => "";

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

namespace Aspire.Hosting.Backchannel
{
    /// <summary>What the <c>aspire</c> CLI talks to; started last, stopped first.</summary>
    internal sealed class BackchannelServer : IAsyncDisposable
    {
        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
