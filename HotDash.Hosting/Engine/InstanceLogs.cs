using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Dcp;

namespace Aspire.Hosting.Engine;

/// <summary>Copies the output of one process into the backlog, which outlives the process.</summary>
internal sealed class InstanceLogs : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DcpClient _dcp;
    private readonly DcpObject _process;
    private readonly LogBacklog _backlog;
    private readonly Task _ended;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _copying;

    /// <param name="ended">Completes with the process; then its log is copied to the last line and left alone.</param>
    public InstanceLogs(DcpClient dcp, DcpObject process, LogBacklog backlog, Task ended)
    {
        (_dcp, _process, _backlog, _ended) = (dcp, process, backlog, ended);
        _copying = Task.WhenAll(CopyAsync("stdout"), CopyAsync("stderr"));
    }

    /// <summary>Why DCP could not start the process, in DCP's words.</summary>
    public static async Task<string> ReadReasonAsync(DcpClient dcp, DcpObject process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await foreach (var line in dcp.ReadLogAsync(process.Path, process.Metadata.Name, "system", follow: false, skip: 0, patience.Token))
            {
                if (ErrorIn(line) is { } error)
                    return error;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // Then it stays unsaid.
        }

        return "DCP gave no reason.";
    }

    /// <summary>Copies what is still there; called while the ended process's object exists.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _copying;
        _end.Dispose();
    }

    /// <summary>DCP's own lines are time, level, category, message and JSON, between tabs; the first error is the cause of the others.</summary>
    private static string? ErrorIn(string line)
    {
        var fields = line.Split('\t');
        if (fields is not [_, "error", _, var message, ..])
            return null;

        try
        {
            return (string?)JsonNode.Parse(fields[^1])?["error"] ?? message;
        }
        catch (JsonException)
        {
            return message;
        }
    }

    private async Task CopyAsync(string source)
    {
        var copied = 0;
        while (!_ended.IsCompleted && !_end.IsCancellationRequested)
        {
            copied = await CopyAsync(source, copied, follow: true, _end.Token);
            await Task.Delay(Pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await CopyAsync(source, copied, follow: false, patience.Token);
    }

    private async Task<int> CopyAsync(string source, int copied, bool follow, CancellationToken ct)
    {
        try
        {
            await foreach (var line in _dcp.ReadLogAsync(_process.Path, _process.Metadata.Name, source, follow, copied, ct))
            {
                copied++;
                _backlog.Add(line, isError: source is "stderr");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // The stream broke or we are done; whoever called goes on after what was copied.
        }

        return copied;
    }
}
