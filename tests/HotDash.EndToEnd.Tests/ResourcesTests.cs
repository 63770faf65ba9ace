using System.Net;
using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

[Collection(WithSandbox.Name)]
public sealed class ResourcesTests(HotDashWithSandbox fixture)
{
    private readonly RunningHotDash _hotDash = fixture.HotDash;

    [Fact]
    public async Task Everything_is_healthy_and_api_and_pollers_run_twice()
    {
        var resources = await _hotDash.DescribeAsync();

        Assert.Equal(
            ["api", "api", "pollers", "pollers", "postgres", "proxy", "sandbox"],
            resources.Where(r => r is { IsHealthy: true, ProcessId: not null }).Select(r => r.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal("Finished", resources.Single(r => r.DisplayName == "migrations").State);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Outside_there_is_only_what_the_proxy_routes(string path)
    {
        using var answer = await _hotDash.Client.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_second_AppHost_with_the_same_state_is_refused_and_the_first_is_named()
    {
        await using var second = _hotDash.LaunchSecond();

        var exitCode = await second.ExitAsync(TimeSpan.FromMinutes(1));

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"process {_hotDash.ProcessId}", second.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_a_command_line()
    {
        var commandLines = string.Join('\n', Relatives.Of(_hotDash.Run));

        Assert.DoesNotContain("hd_", commandLines, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=", commandLines, StringComparison.OrdinalIgnoreCase);
    }
}
