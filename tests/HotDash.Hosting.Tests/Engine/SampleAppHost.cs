using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Engine;

/// <summary>The sample AppHost as a process of its own.</summary>
internal sealed class SampleAppHost : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TestFolder _folder = TestFolder.Create();
    private readonly CancellationTokenSource _patience;
    private readonly Process _process;
    private readonly Task<string> _errors;

    public SampleAppHost(params string[] args)
    {
        _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _patience.CancelAfter(TimeSpan.FromMinutes(1));

        var program = Path.ChangeExtension(BuiltProgram.PathOf("HotDash.Hosting.SampleAppHost"), null);
        _process = Process.Start(new ProcessStartInfo(program, [$"--Sample:Folder={_folder.Path}", $"--HotDash:StateFolder={StateFolder}", .. args])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        _errors = _process.StandardError.ReadToEndAsync(Token);
    }

    public string StateFolder => Path.Combine(_folder.Path, "state");

    public int Pid => _process.Id;

    public CancellationToken Token => _patience.Token;

    /// <summary>Waits until the resource runs and is known to.</summary>
    public Task WaitUntilRunningAsync() => WaitForAsync(() => File.Exists(Path.Combine(_folder.Path, "pid")) && File.Exists(Path.Combine(_folder.Path, "running")));

    public Task WaitUntilDcpStartsAsync() => WaitForAsync(() => Directory.Exists(Path.Combine(StateFolder, "dcp")));

    /// <summary>Waits until it has ended, and says how.</summary>
    public async Task<(int ExitCode, string Errors)> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(Token);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Waits until nothing runs any more that has the state folder on its command line or in its environment.</summary>
    public Task WaitUntilNothingIsLeftAsync() => WaitForAsync(() => !Leftovers().Any());

    /// <summary>DCP deletes its folder when it ends.</summary>
    public bool HasDcpSession() => Directory.EnumerateDirectories(Path.Combine(StateFolder, "dcp")).Any();

    public bool WasAskedToEnd() => File.Exists(Path.Combine(_folder.Path, "ended"));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _patience.Dispose();
        _folder.Dispose();
    }

    private async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(Pause, Token);
        }
    }

    private IEnumerable<string> Leftovers() => Directory.EnumerateDirectories("/proc")
        .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
        .Where(process => new[] { "cmdline", "environ" }.Any(file => Mentions(Path.Combine(process, file))));

    private bool Mentions(string file)
    {
        try
        {
            return File.ReadAllText(file).Contains(StateFolder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
