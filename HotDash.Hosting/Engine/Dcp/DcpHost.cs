using System.Diagnostics;
using System.Globalization;
using System.Text;
using Aspire.Hosting.State;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>The DCP daemon of this AppHost. It watches our pid, and ends everything when we are gone.</summary>
internal sealed class DcpHost(AppHostState state, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What is meant for the AppHost alone; processes inherit the rest from DCP.</summary>
    private static readonly string[] NotPassedOn =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL"];

    private DcpSession? _session;

    public DcpClient Client { get; private set; } = null!;

    /// <exception cref="DistributedApplicationException">DCP does not start; the message has its own words.</exception>
    public async Task StartAsync(AspireBundle bundle, CancellationToken ct)
    {
        _session = DcpSession.Create(state.Folder);
        var certificate = SessionCertificate.Write(_session.CertificateFile, _session.KeyFile, time);

        using var launcher = Process.Start(Describe(bundle.DcpPath, _session, detach: true))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(StartTimeout);

        try
        {
            var kubeconfig = await ReadKubeconfigAsync(_session.Kubeconfig, patience.Token);
            Client = new DcpClient(kubeconfig, certificate);
            await Client.WaitUntilReadyAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"DCP, which runs the processes, does not start: {await AskWhyAsync(bundle.DcpPath, ct)}");
        }
    }

    /// <summary>Asks DCP to end, and waits until it has put its folder away.</summary>
    /// <param name="isClean">Nothing runs any more; otherwise DCP first ends what does, which takes it a second at least.</param>
    public async Task StopAsync(bool isClean, CancellationToken ct)
    {
        if (Client is null)
            return;

        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Client.RequestShutdownAsync(isClean ? "None" : "Full", moment.Token);
        while (Directory.Exists(_session!.Folder) && !ct.IsCancellationRequested)
            await Task.Delay(Pause, CancellationToken.None);
    }

    public void Dispose() => Client?.Dispose();

    private static async Task<string> ReadKubeconfigAsync(string file, CancellationToken ct)
    {
        while (true)
        {
            // The token is the last scalar that is written.
            if (File.Exists(file) && await File.ReadAllTextAsync(file, ct) is var text
                && text.Contains("token:", StringComparison.Ordinal) && text.EndsWith('\n'))
            {
                return text;
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>A detached DCP fails without a word, so it is started once more in the foreground.</summary>
    private async Task<string> AskWhyAsync(string dcp, CancellationToken ct)
    {
        using var process = Process.Start(Describe(dcp, _session!, detach: false))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, e) => said.Append(e.Data).Append(' ');
        process.BeginErrorReadLine();

        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return said.Length > 0 ? said.ToString().Trim() : "it gave no reason; is the machine very busy?";
    }

    private static ProcessStartInfo Describe(string dcp, DcpSession session, bool detach)
    {
        var start = new ProcessStartInfo(dcp)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = session.Folder,
        };
        string[] arguments =
        [
            "start-apiserver",
            "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--monitor-interval", "1",
            "--kubeconfig", session.Kubeconfig,
            "--tls-cert-file", session.CertificateFile,
            "--tls-key-file", session.KeyFile,
            .. detach ? ["--detach"] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        foreach (var variable in NotPassedOn)
            start.Environment.Remove(variable);

        start.Environment["DCP_SESSION_FOLDER"] = session.Folder;

        // What is hot is compiled again when a process has found nothing new to compile for this long (hexadecimal milliseconds).
        // With the default of 100 ms that falls into the start of ten processes at once, and doubles its work.
        start.Environment.TryAdd("DOTNET_TC_CallCountingDelayMs", "7D0");

        // Without HOME, DCP panics.
        start.Environment.TryAdd("HOME", Path.GetDirectoryName(session.Folder));
        return start;
    }
}
