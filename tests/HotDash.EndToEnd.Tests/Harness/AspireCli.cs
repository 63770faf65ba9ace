using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>The real <c>aspire</c> CLI, in the home of one AppHost, so that it sees that one alone.</summary>
internal sealed class AspireCli(string home)
{
    /// <summary>By which the CLI knows the AppHost.</summary>
    private static readonly string AppHostProject = Path.Combine(Repository.Folder, "HotDash.AppHost", "HotDash.AppHost.csproj");

    public async Task<string> RunAsync(params string[] args)
    {
        var (exitCode, output) = await TryAsync(args);

        return exitCode == 0 ? output : throw new InvalidOperationException($"aspire {string.Join(' ', args)} ended with {exitCode}: {output}");
    }

    public async Task<(int ExitCode, string Output)> TryAsync(params string[] args)
    {
        var bundle = await AspireBundle.EnsureAsync(TestContext.Current.CancellationToken);

        return await ToolProcess.RunAsync(
            bundle.CliPath,
            [.. args, "--non-interactive", "--nologo", .. args is ["ps", ..] ? [] : new[] { "--apphost", AppHostProject }],
            [("HOME", home), ("ASPIRE_HOME", bundle.Home), ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true"), ("NO_COLOR", "1")],
            TestContext.Current.CancellationToken);
    }
}
