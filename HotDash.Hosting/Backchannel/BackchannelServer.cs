using System.Net.Sockets;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// What the <c>aspire</c> CLI talks to; started last, stopped first. An app host without it is only less convenient, so
/// whatever is wrong with a socket is logged and the app host goes on.
/// </summary>
internal sealed class BackchannelServer(
    CliMethods cli,
    RunMethods run,
    AppHostInfo appHost,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<BackchannelServer> logger) : IAsyncDisposable
{
    private readonly List<RpcSocket> _sockets = [];

    /// <summary>The folder in which the CLI of this user looks.</summary>
    public string Home { get; set; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public Task StartAsync(CancellationToken ct)
    {
        if (SocketPath.For(appHost.ProjectPath, Home) is { } ours)
            Serve(new RpcSocket(ours, cli.ByName, logger), ours);
        else
            logger.LogWarning("The aspire CLI will not find this app host: the home folder is missing, or its path is too long for a socket.");

        if (configuration["ASPIRE_BACKCHANNEL_PATH"] is { Length: > 0 } wanted)
        {
            // `aspire run` holds its connection as long as it lives; an app host that outlived it would be nobody's.
            Serve(new RpcSocket(wanted, run.ByName, logger, lifetime.StopApplication), wanted);
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            await socket.DisposeAsync();

        _sockets.Clear();
    }

    private void Serve(RpcSocket socket, string path)
    {
        try
        {
            socket.Start();
            _sockets.Add(socket);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "The aspire CLI cannot reach this app host: {Path} cannot be opened.", path);
        }
    }
}
