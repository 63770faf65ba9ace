using Aspire.Hosting.Tools;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>The real <c>aspire</c> CLI, in the home of one AppHost, so that it sees that one alone.</summary>
internal sealed class AspireCli(string home)
{
    private static readonly string Program = NpmTools.Installed.AspireCli;

    public async Task<string> RunAsync(params string[] args)
    {
        var (exitCode, output) = await TryAsync(args);

        return exitCode == 0 ? output : throw new InvalidOperationException($"aspire {string.Join(' ', args)} ended with {exitCode}: {output}");
    }

    public Task<(int ExitCode, string Output)> TryAsync(params string[] args) => ToolProcess.RunAsync(
        Program,
        [.. args, "--non-interactive", "--nologo", .. args is ["ps", ..] ? [] : new[] { "--apphost", Built.AppHostProject }],
        [("HOME", home), ("ASPIRE_HOME", Path.Combine(home, ".aspire")), ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true"), ("NO_COLOR", "1")],
        TestContext.Current.CancellationToken);
}
