using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Hosting.Tests.Engine;

/// <summary>A real AppHost with a state folder of its own, on the real DCP, without a dashboard.</summary>
internal sealed class AppUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestFolder _folder = TestFolder.Create();
    private readonly CancellationTokenSource _patience;
    private DistributedApplication? _app;

    public AppUnderTest(params string[] args)
    {
        _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _patience.CancelAfter(Patience);
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [$"--HotDash:StateFolder={_folder.Path}/state", "--Logging:LogLevel:Default=None", .. args],
            ProjectDirectory = _folder.Path,
            DisableDashboard = true,
        });
    }

    public IDistributedApplicationBuilder Builder { get; }

    public DistributedApplication App => _app!;

    public ResourceNotificationService States => App.ResourceNotifications;

    /// <summary>Every wait of a test ends at some time, with an error.</summary>
    public CancellationToken Token => _patience.Token;

    public string Folder => _folder.Path;

    /// <summary>Adds a shell script as a resource.</summary>
    public IResourceBuilder<ExecutableResource> AddScript(string name, string script) =>
        Builder.AddExecutable(name, "/bin/sh", Folder, "-c", script);

    /// <summary>A script in the dashboard's place.</summary>
    public void AddDashboardScript(string script) =>
        Builder.AddResource(new DashboardResource("/bin/sh")).WithArgs("-c", $"cd '{Folder}'; {script}");

    public async Task StartAsync()
    {
        _app = Builder.Build();
        await _app.StartAsync(Token);
    }

    public void Touch(string file) => File.WriteAllText(Path.Combine(Folder, file), "");

    public Task<ResourceEvent> WaitAsync(string resource, Func<CustomResourceSnapshot, bool> predicate) =>
        States.WaitForResourceAsync(resource, e => predicate(e.Snapshot), Token);

    public async Task<ResourceEvent> WaitAsync(string resource, string state) =>
        await WaitAsync(resource, s => s.State?.Text == state);

    public ResourceLoggerService Logs => App.Services.GetRequiredService<ResourceLoggerService>();

    /// <summary>Reads the console log of an instance until a line has the text.</summary>
    public async Task<IReadOnlyList<string>> ReadLogUntilAsync(string id, string text)
    {
        var read = new List<string>();
        await foreach (var lines in Logs.WatchAsync(id, Token))
        {
            read.AddRange(lines.Select(l => l.Content));
            if (read.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                break;
            }
        }

        return read;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _patience.Dispose();
        _folder.Dispose();
    }
}
