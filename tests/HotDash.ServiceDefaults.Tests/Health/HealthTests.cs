using System.Net;
using HotDash.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HotDash.ServiceDefaults.Tests.Health;

public sealed class HealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task A_well_host_says_so_in_one_word_that_nobody_caches(string path)
    {
        await using var app = await ObservedApp.StartAsync();

        using var reply = await app.Client.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("Healthy", await reply.Content.ReadAsStringAsync(Ct));
        Assert.Equal("text/plain", reply.Content.Headers.ContentType?.MediaType);
        Assert.True(reply.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_host_whose_dependency_fails_is_alive_but_not_healthy_and_tells_no_details()
    {
        await using var app = await ObservedApp.StartAsync(
            builder => builder.AddCheck("store", () => throw new InvalidOperationException("password is hidden")));

        using var health = await app.Client.GetAsync("/health", Ct);
        using var alive = await app.Client.GetAsync("/alive", Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("Unhealthy", await health.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task A_check_that_is_degraded_says_why_and_the_host_still_serves()
    {
        await using var app = await ObservedApp.StartAsync(builder =>
        {
            builder.AddCheck("flags", _ => Task.FromResult(HealthCheckResult.Degraded("The flags are those of 42 s ago.")));
            builder.AddCheck("other", _ => Task.FromResult(HealthCheckResult.Healthy("All is well.")));
        });

        using var health = await app.Client.GetAsync("/health", Ct);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("Degraded\nThe flags are those of 42 s ago.", await health.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task However_often_it_is_asked_only_a_change_is_logged_without_the_words_of_an_exception()
    {
        var now = HealthCheckResult.Healthy();
        await using var app = await ObservedApp.StartAsync(builder => builder.AddCheck("store", _ => Task.FromResult(now)));

        foreach (var result in (HealthCheckResult[])[now, HealthCheckResult.Degraded("slow"), HealthCheckResult.Degraded("slow"), HealthCheckResult.Unhealthy("secret", new TimeoutException("secret")), now])
        {
            now = result;
            using var asked = await app.Client.GetAsync("/health", Ct);
        }

        Assert.Equal(
            ["Health check store is Degraded: slow", "Health check store is Unhealthy: TimeoutException", "Health check store is well again."],
            app.Logs.Select(log => log.Message).Where(message => message!.Contains("Health check", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_dependency_that_ignores_being_cancelled_is_unhealthy_after_3_seconds()
    {
        var clock = new ManualTimeProvider();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await ObservedApp.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.AddCheck("stuck", _ =>
            {
                called.SetResult();
                return new TaskCompletionSource<HealthCheckResult>().Task;
            });
        });

        var asked = app.Client.GetAsync("/health", Ct);
        await called.Task.WaitAsync(Ct); // the host's own check waits 3 s, too, and may be the first
        clock.Advance(TimeSpan.FromSeconds(3));

        using var reply = await asked;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
    }

    [Fact]
    public async Task A_dependency_that_blocks_its_thread_is_unhealthy_after_its_own_time_out()
    {
        using var released = new ManualResetEventSlim();
        var clock = new ManualTimeProvider();
        await using var app = await ObservedApp.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddHealthChecks().AddCheck("stuck", () =>
            {
                released.Wait(Ct);
                return HealthCheckResult.Healthy();
            }, timeout: TimeSpan.FromSeconds(1));
        });

        var asked = app.Client.GetAsync("/health", Ct);
        await clock.PassAsync(TimeSpan.FromSeconds(1), Ct);

        using var reply = await asked;
        released.Set();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
    }

    [Fact]
    public async Task Probes_need_no_key_where_everything_else_does()
    {
        await using var app = await ObservedApp.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication();
                builder.Services.AddAuthorizationBuilder()
                    .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
            },
            a => a.UseAuthorization());

        using var reply = await app.Client.GetAsync("/health", Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task A_host_drains_for_2_seconds()
    {
        await using var app = await ObservedApp.StartAsync();

        Assert.Equal(TimeSpan.FromSeconds(2), app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }
}
