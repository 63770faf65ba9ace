using System.Diagnostics;
using System.Reflection;

namespace HotDash.Sandbox.Tests.Supabase;

public sealed class PostgrestJsTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    [Fact]
    public async Task Supabases_own_client_gets_along_with_the_sandbox()
    {
        var sandbox = await shared.FreshAsync();
        var modules = typeof(PostgrestJsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key is "PostgrestJs").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "postgrest-js", "walk.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = modules,
            Environment =
            {
                ["ADDRESS"] = sandbox.Supabase.BaseAddress!.AbsoluteUri.TrimEnd('/'),
                ["KEY"] = SandboxUnderTest.Key,
            },
        };

        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode is 0, $"{await output}{await errors}");
    }
}
