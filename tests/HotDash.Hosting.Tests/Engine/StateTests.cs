using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.Hosting.Tests.Engine;

/// <summary>One application with everything that can happen to a process; each test looks at its own resources.</summary>
public sealed class StateTests(StateTests.Zoo zoo) : IClassFixture<StateTests.Zoo>
{
    [Fact]
    public async Task A_process_is_running_then_finished_with_its_exit_code()
    {
        var running = await zoo.App.WaitAsync("runs", KnownResourceStates.Running);
        var ended = await zoo.App.WaitAsync("ends", KnownResourceStates.Finished);

        Assert.Null(running.Snapshot.ExitCode);
        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStateStyles.Error, ended.Snapshot.State!.Style);
    }

    [Fact]
    public async Task A_program_that_is_not_there_failed_to_start_with_the_reason_shown()
    {
        var failed = await zoo.App.WaitAsync("missing", KnownResourceStates.FailedToStart);

        Assert.Contains("/no/such/program", ReasonOf(failed), StringComparison.Ordinal);
        await zoo.App.ReadLogUntilAsync(failed.ResourceId, "/no/such/program");
    }

    [Fact]
    public async Task A_process_that_is_killed_exited_without_an_exit_code()
    {
        var killed = await zoo.App.WaitAsync("killed", s => s.State?.Text == KnownResourceStates.Exited);

        Assert.Null(killed.Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_dependent_waits_until_the_other_has_completed()
    {
        var waiting = await zoo.App.WaitAsync("after-first", KnownResourceStates.Waiting);
        Assert.Contains(new ResourcePropertySnapshot("resource.waitingFor", "first"), waiting.Snapshot.Properties);

        zoo.App.Touch("first-may-end");

        await zoo.App.WaitAsync("after-first", KnownResourceStates.Running);
    }

    [Fact]
    public async Task A_dependent_of_a_failure_fails_and_names_it()
    {
        var failed = await zoo.App.WaitAsync("after-ends", KnownResourceStates.FailedToStart);

        Assert.Contains("'ends'", ReasonOf(failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_in_vain_says_so_and_those_who_wait_for_it_too()
    {
        var first = await zoo.App.WaitAsync("after-failure", s => s.IsInVain());
        var second = await zoo.App.WaitAsync("after-that", s => s.IsInVain());

        Assert.Equal(KnownResourceStateStyles.Warn, first.Snapshot.State!.Style);
        Assert.Contains("'after-ends'", ReasonOf(first), StringComparison.Ordinal);
        Assert.Contains("'after-failure'", ReasonOf(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_in_vain_starts_when_the_others_are_started_again()
    {
        await zoo.App.WaitAsync("after-site", s => s.IsInVain());
        zoo.App.Touch("plan-is-good");

        await StartAsync("plan");
        await zoo.App.WaitAsync("plan", s => s.ExitCode is 0);
        await StartAsync("site");

        var running = await zoo.App.WaitAsync("after-site", KnownResourceStates.Running);
        Assert.Null(running.Snapshot.FailureReason());

        async Task StartAsync(string resource) =>
            await zoo.App.App.ResourceCommands.ExecuteCommandAsync(
                (await zoo.App.WaitAsync(resource, s => s.HasEnded())).ResourceId, "start", zoo.App.Token);
    }

    [Fact]
    public async Task The_dashboard_is_started_again_when_it_ends()
    {
        await zoo.App.ReadLogUntilAsync((await zoo.App.WaitAsync("aspire-dashboard", KnownResourceStates.Running)).ResourceId, "run 3");
    }

    [Fact]
    public async Task Nobody_has_to_wait_who_is_started_by_hand()
    {
        var waiting = await zoo.App.WaitAsync("impatient", KnownResourceStates.Waiting);

        var result = await zoo.App.App.ResourceCommands.ExecuteCommandAsync(waiting.ResourceId, "start", zoo.App.Token);

        Assert.True(result.Success, result.Message);
        await zoo.App.WaitAsync("impatient", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Replicas_share_one_address_and_are_probed_each_for_itself()
    {
        await zoo.App.States.WaitForResourceHealthyAsync("web", zoo.App.Token);
        using var http = new HttpClient();

        var answered = new HashSet<string>(StringComparer.Ordinal);
        while (answered.Count < 2)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, zoo.Web.Url) { Headers = { ConnectionClose = true } };
            using var reply = await http.SendAsync(request, zoo.App.Token);
            answered.Add(await reply.Content.ReadAsStringAsync(zoo.App.Token));
        }
    }

    [Fact]
    public async Task A_process_is_unhealthy_while_its_check_fails()
    {
        var sick = await zoo.App.WaitAsync("sick", s => s.HealthReports.Any(r => r.Status is HealthStatus.Unhealthy));

        Assert.Equal(HealthStatus.Unhealthy, sick.Snapshot.HealthStatus);
        Assert.Equal("sick_http_/no_200_check", Assert.Single(sick.Snapshot.HealthReports).Name);
    }

    [Fact]
    public async Task A_restart_keeps_the_console_log_and_stop_and_start_do_too()
    {
        var instance = await zoo.App.WaitAsync("talker", KnownResourceStates.Running);
        await zoo.App.ReadLogUntilAsync(instance.ResourceId, "hello 1");

        foreach (var (command, state) in new[] { ("restart", "Running"), ("stop", "Finished"), ("start", "Running") })
        {
            var result = await zoo.App.App.ResourceCommands.ExecuteCommandAsync(instance.ResourceId, command, zoo.App.Token);
            Assert.True(result.Success, result.Message);
            await zoo.App.WaitAsync("talker", state);
        }

        var log = await zoo.App.ReadLogUntilAsync(instance.ResourceId, "hello 3");
        string[] said = [.. log.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        Assert.Equal(["hello 1", "bye 1", "hello 2", "bye 2", "hello 3"], said);
    }

    [Fact]
    public async Task What_waits_for_a_person_is_not_started()
    {
        var idle = await zoo.App.WaitAsync("by-hand", KnownResourceStates.NotStarted);

        Assert.Equal(ResourceCommandState.Enabled, idle.Snapshot.Commands.Single(c => c.Name == "start").State);
        Assert.Equal(ResourceCommandState.Hidden, idle.Snapshot.Commands.Single(c => c.Name == "stop").State);
    }

    [Fact]
    public async Task Braces_in_a_value_arrive_as_they_were_written()
    {
        var instance = await zoo.App.WaitAsync("braces", KnownResourceStates.Finished);

        await zoo.App.ReadLogUntilAsync(instance.ResourceId, "<{{.Name}} {{ portForServing \"web\" }}>");
    }

    private static string ReasonOf(ResourceEvent failed) =>
        Assert.IsType<string>(failed.Snapshot.Properties.Single(p => p.Name == "resource.failureReason").Value);

    public sealed class Zoo : IAsyncLifetime
    {
        private const string Server =
            "require('http').createServer((q, r) => { r.statusCode = q.url === '/no' ? 503 : 200; r.end('' + process.pid) }).listen(process.env.PORT, 'localhost')";

        internal AppUnderTest App { get; } = new();

        internal EndpointReference Web { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App.AddScript("runs", "exec sleep 600");
            var ends = App.AddScript("ends", "exit 3");
            App.AddScript("killed", "kill -9 $$");
            App.Builder.AddExecutable("missing", "/no/such/program", App.Folder);
            var first = App.AddScript("first", "until [ -e first-may-end ]; do sleep 0.1; done");
            App.AddScript("after-first", "exec sleep 600").WaitForCompletion(first);
            var afterEnds = App.AddScript("after-ends", "exec sleep 600").WaitForCompletion(ends);
            var afterFailure = App.AddScript("after-failure", "exec sleep 600").WaitFor(afterEnds);
            App.AddScript("after-that", "exec sleep 600").WaitFor(afterFailure);
            var site = App.AddScript("site", "exec sleep 600").WaitForCompletion(App.AddScript("plan", "[ -e plan-is-good ]"));
            App.AddScript("after-site", "exec sleep 600").WaitFor(site);
            App.AddDashboardScript("n=$(($(cat shown 2>/dev/null || echo 0) + 1)); echo $n > shown; echo run $n; [ $n = 3 ] && exec sleep 600; exit 102");
            App.AddScript("impatient", "exec sleep 600").WaitFor(App.AddScript("by-hand", "exec sleep 600").WithExplicitStart());
            App.AddScript(
                "talker", "n=$(($(cat runs 2>/dev/null || echo 0) + 1)); echo $n > runs; trap \"echo bye $n; exit 0\" TERM; echo hello $n; while :; do sleep 0.1; done");
            App.AddScript("braces", "echo \"<$BRACES>\"").WithEnvironment("BRACES", "{{.Name}} {{ portForServing \"web\" }}");
            App.Builder.AddExecutable("sick", "node", App.Folder, "-e", Server).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/no");
            var web = App.Builder.AddExecutable("web", "node", App.Folder, "-e", Server)
                .WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/").WithAnnotation(new ReplicaAnnotation(2));
            Web = web.GetEndpoint("http");

            await App.StartAsync();
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
