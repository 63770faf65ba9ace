using System.Diagnostics;
using System.Reflection;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Ofrep;

public sealed class OpenFeatureJsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task OpenFeatures_own_client_gets_along_with_the_api()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("read");
        var modules = typeof(OpenFeatureJsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key is "OpenFeatureJs").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "openfeature-js", "walk.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = modules,
            Environment =
            {
                ["ADDRESS"] = api.Http.BaseAddress!.AbsoluteUri.TrimEnd('/'),
                ["KEY"] = api.Http.DefaultRequestHeaders.Authorization!.Parameter,
            },
        };

        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Ct), node.StandardError.ReadToEndAsync(Ct));
        await node.WaitForExitAsync(Ct);

        Assert.True(node.ExitCode is 0, $"{await output}{await errors}");
    }
}
