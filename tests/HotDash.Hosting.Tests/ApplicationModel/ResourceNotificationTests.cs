using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.Hosting.Tests.ApplicationModel;

public sealed class ResourceNotificationTests
{
    private readonly ResourceNotificationService _states = new();
    private readonly ExecutableResource _api = new("api", "api", ".");

    [Fact]
    public async Task A_slow_reader_misses_steps_but_never_the_latest_state()
    {
        await using var reader = _states.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await PublishAsync("Starting");
        await reader.MoveNextAsync();

        await PublishAsync("Running");
        await PublishAsync("Stopping");
        await PublishAsync("Finished");
        await reader.MoveNextAsync();

        Assert.Equal("Finished", reader.Current.Snapshot.State?.Text);
    }

    [Fact]
    public async Task A_wait_sees_the_shortest_step()
    {
        var wait = _states.WaitForResourceAsync("api", "Running", TestContext.Current.CancellationToken);

        await PublishAsync("Running");
        await PublishAsync("Finished");

        await wait;
    }

    [Fact]
    public async Task Healthy_means_every_replica()
    {
        _api.AssignInstanceIds(2);
        var (one, other) = (_api.GetInstanceIds()[0], _api.GetInstanceIds()[1]);
        await PublishAsync(one, HealthStatus.Healthy);

        var wait = _states.WaitForResourceHealthyAsync("api", TestContext.Current.CancellationToken);
        await PublishAsync(other, HealthStatus.Unhealthy);
        Assert.False(wait.IsCompleted);

        await PublishAsync(other, HealthStatus.Healthy);
        await wait;
    }

    [Fact]
    public async Task A_check_without_a_result_is_not_healthy_and_what_does_not_run_has_no_health()
    {
        await PublishAsync("api", status: null);
        _states.TryGetCurrentState("api", out var running);
        await PublishAsync("Stopping");
        _states.TryGetCurrentState("api", out var stopping);

        Assert.Equal(HealthStatus.Unhealthy, running?.Snapshot.HealthStatus);
        Assert.Null(stopping?.Snapshot.HealthStatus);
    }

    private Task PublishAsync(string state) => _states.PublishUpdateAsync(_api, s => s with { State = state });

    private Task PublishAsync(string id, HealthStatus? status) => _states.PublishUpdateAsync(
        _api, id, s => s with { State = "Running", HealthReports = [new("check", status, Description: null, ExceptionText: null)] });
}
