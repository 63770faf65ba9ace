using System.Diagnostics;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Tools;
using Npgsql;

namespace HotDash.TestKit;

/// <summary>A server that runs as a child of this process and never outlives it, started by the code that starts an AppHost's.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private EmbeddedPostgres(string folder, string connectionString) => (Folder, ConnectionString) = (folder, connectionString);

    public string Folder { get; }

    /// <summary>Of the database `postgres`, as its superuser.</summary>
    public string ConnectionString { get; }

    public int ProcessId => _started.Task.Result;

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="folder">The data folder; made when it is not there.</param>
    /// <param name="password">The superuser's; one is thought up when none is given.</param>
    /// <param name="settings">More settings, as `name=value`.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<EmbeddedPostgres> StartAsync(
        string folder, string? password = null, IEnumerable<string>? settings = null, CancellationToken ct = default)
    {
        password ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
        var data = await PostgresData.OpenAsync(folder, NpmTools.Installed, ct);
        await data.PrepareAsync("postgres", password, ct);

        var port = Ports.FindFree();
        var server = new EmbeddedPostgres(data.Folder, new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
        }.ConnectionString);

        try
        {
            await server.RunAsync(data.Serve($"{port}", settings, diesWithParent: true), ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fast shutdown: clients are sent away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended.Task.IsCompleted)
        {
            PostgresLauncher.RequestStop(ProcessId);
        }

        await _ended.Task;
    }

    /// <summary>SIGKILL: it writes nothing any more, and has to recover when it is started again.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(ProcessId);
        process.Kill();
        await _ended.Task;
    }

    private async Task RunAsync(ProcessLaunch launch, CancellationToken ct)
    {
        // The kernel ends the server with the thread that started it, so this one stays for as long as the server does.
        new Thread(() => Attend(launch)) { IsBackground = true, Name = "postgres" }.Start();
        await _started.Task;

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ready = new PostgresProbe(ConnectionString).WaitAsync(giveUp.Token);

        if (await Task.WhenAny(ready, _ended.Task) == _ended.Task)
        {
            await giveUp.CancelAsync();
            throw new DistributedApplicationException($"PostgreSQL did not start: {string.Join(' ', _output)}");
        }

        await ready;
    }

    private void Attend(ProcessLaunch launch)
    {
        try
        {
            using var process = Process.Start(Describe(launch))!;
            process.OutputDataReceived += Keep;
            process.ErrorDataReceived += Keep;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _started.SetResult(process.Id);
            process.WaitForExit();
        }
        catch (Exception e)
        {
            _started.TrySetException(e);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (line.Data is { } text && _output.Count < 50)
            {
                _output.Add(text);
            }
        }
    }

    private static ProcessStartInfo Describe(ProcessLaunch launch)
    {
        var start = new ProcessStartInfo(launch.Command, launch.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = launch.WorkingDirectory,
        };

        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
