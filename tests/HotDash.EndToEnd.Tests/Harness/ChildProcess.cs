using System.Collections.Concurrent;
using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>A process of a test: what it says is kept, and at the end it is gone.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Said => string.Join('\n', _said);

    public static ChildProcess Start(string project, IEnumerable<string> args, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = BuiltProgram.Command(project, args, environment.Select(variable => (variable.Key, variable.Value)));
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The first line that holds this.</summary>
    public Task<string> SaysAsync(string text) => Eventually.GetAsync($"the process to say '{text}'", _ =>
    {
        var line = _said.FirstOrDefault(said => said.Contains(text, StringComparison.Ordinal));

        return line is null && _process.HasExited
            ? throw new InvalidOperationException($"It ended with exit code {_process.ExitCode} instead of saying '{text}':\n{Said}")
            : Task.FromResult(line);
    });

    public async Task<int> ExitAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TestContext.Current.CancellationToken);

        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _said.Enqueue(line);
    }
}
