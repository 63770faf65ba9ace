using HotDash.TestKit;

namespace HotDash.Cli.Tests;

/// <summary>The command line as a person uses it; only the far end of the wire is planned.</summary>
internal sealed class CliUnderTest : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public StubProvider Api { get; } = new();

    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal) { ["HOTDASH_URL"] = "http://hotdash.example", ["HOTDASH_KEY"] = "hd_test" };

    public ManualTimeProvider Clock { get; } = new();

    public TestFolder Folder { get; } = TestFolder.Create();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args) => CliHost.RunAsync(args, new CliContext(_out, _error, Environment.GetValueOrDefault, Api, Clock, Folder.Path));

    public void Dispose()
    {
        Api.Dispose();
        Folder.Dispose();
    }
}
