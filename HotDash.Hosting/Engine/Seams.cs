// Placeholders with the agreed signatures: whoever owns one deletes it here when the real one lands in its folder.
// Classes that are not static are made by dependency injection; they may ask for ResourceNotificationService,
// ResourceLoggerService, ResourceCommandService, DistributedApplicationModel, DashboardOptions, DashboardHost, AppHostState,
// AppHostInfo, IConfiguration, IHostApplicationLifetime, TimeProvider and loggers.
#pragma warning disable CA1822
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.State
{
    /// <summary>The one folder (0700) per AppHost path: data, passwords, the running AppHost's lock.</summary>
    internal sealed class AppHostState : IDisposable
    {
        private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

        private AppHostState(string folder) => Folder = folder;

        public string Folder { get; }

        /// <summary>Takes the folder; throws DistributedApplicationException naming the pid that already holds it.</summary>
        public static AppHostState Open(string appHostPath, IConfiguration configuration) =>
            new(configuration["HotDash:StateFolder"] ?? Path.Combine(Path.GetDirectoryName(appHostPath)!, ".hotdash"));

        /// <summary>The kept value of a generated parameter, made and kept by the first call.</summary>
        public string GetOrAddParameter(string name, Func<string> generate) =>
            _parameters.TryGetValue(name, out var kept) ? kept : _parameters[name] = generate();

        public void Dispose()
        {
        }
    }
}

namespace Aspire.Hosting.Postgres
{
    /// <summary>Turns a Postgres server of the model into a prepared data folder and the command that serves it.</summary>
    internal sealed class PostgresLauncher(State.AppHostState state)
    {
        /// <summary>
        /// Called before every start of the server, also after it died: waits until an old process is gone, runs initdb
        /// when there is no data yet. The port's argument is <c>port</c>, a text that DCP replaces by the number.
        /// </summary>
        public Task<ProcessLaunch> PrepareAsync(
            PostgresServerResource server, string userName, string password, string port, CancellationToken ct) =>
            throw new DistributedApplicationException($"The embedded Postgres is not there yet ({server.Name}, {state.Folder}).");

        /// <summary>Asks the server for a fast shutdown (SIGINT): SIGTERM would wait for its clients.</summary>
        public void RequestStop(int pid) => throw new NotSupportedException();
    }

    internal sealed record ProcessLaunch(
        string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);
}

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
