using System.Net;

using HotDash.TestKit;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests;

public sealed class HostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_can_build_every_service_it_registers_and_is_healthy()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await sandbox.Http.GetAsync("/health", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sandbox.Http.GetAsync("/alive", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("SANDBOX_CHATWOOT_API_KEY", null)]
    [InlineData("SANDBOX_PUBLER_API_KEY", null)]
    [InlineData("SANDBOX_SUPABASE_SERVICE_KEY", "")]
    [InlineData("SANDBOX_SHOPIFY_ACCESS_TOKEN", null)]
    [InlineData("Integrations:Limits:publer", "many")]
    [InlineData("Sandbox:Publer:Lag", "a while")]
    [InlineData("Integrations:Limits:chatwoot", "some")]
    [InlineData("Sandbox:Chatwoot:Lag", "a while")]
    public void It_does_not_start_with_a_setting_that_is_missing_or_malformed(string name, string? value)
    {
        var refusal = Assert.ThrowsAny<Exception>(() => SandboxUnderTest.Build(new ManualTimeProvider(), _ => { }, (name, value)));

        Assert.Contains(name, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sandboxes_with_one_seed_are_alike_and_another_seed_is_another_sandbox()
    {
        await using var one = await SandboxUnderTest.StartAsync(("Sandbox:Seed", "7"));
        await using var two = await SandboxUnderTest.StartAsync(("Sandbox:Seed", "7"));
        await using var other = await SandboxUnderTest.StartAsync(("Sandbox:Seed", "8"));

        var ideas = await one.Supabase.GetStringAsync("idea_pool", Cancellation);

        Assert.Equal(ideas, await two.Supabase.GetStringAsync("idea_pool", Cancellation));
        Assert.Equal(await one.AccountAsync(), await two.AccountAsync());
        Assert.NotEqual(ideas, await other.Supabase.GetStringAsync("idea_pool", Cancellation));
        Assert.NotEqual(await one.AccountAsync(), await other.AccountAsync());
    }

    [Fact]
    public async Task A_reset_makes_it_new()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var ideas = await sandbox.Supabase.GetStringAsync("idea_pool", Cancellation);
        await sandbox.Supabase.DeleteAsync("idea_pool?id=eq.idea-001", Cancellation);
        await sandbox.Supabase.GetAsync("nothing", Cancellation);
        await sandbox.SettingsAsync(new { publer = new { lag = "9s" } });
        await sandbox.FaultAsync(new { provider = "*", kind = "reset" });

        await sandbox.Http.PostAsync("/_sandbox/reset", null, Cancellation);

        Assert.Equal(ideas, await sandbox.Supabase.GetStringAsync("idea_pool", Cancellation));
        Assert.Empty(await sandbox.LedgerAsync("supabase"));
        Assert.Empty(await sandbox.ViolationsAsync());
        Assert.Contains("\"lag\":\"1000ms\"", await sandbox.Http.GetStringAsync("/_sandbox/settings", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"publer":{"lag":"long"}}""", "publer.lag")]
    [InlineData("""{"publer":{"speed":"1s"}}""", "publer.speed")]
    [InlineData("""{"publer":{"failAccounts":{"a":1}}}""", "publer.failAccounts")]
    [InlineData("""{"chatwoot":{"failing":"everything"}}""", "chatwoot.failing")]
    [InlineData("""{"chatwoot":{"webhookShape":7}}""", "chatwoot.webhookShape")]
    [InlineData("""{"supabase":{"lag":"1s"}}""", "supabase.lag")]
    [InlineData("""{"myspace":{}}""", "myspace")]
    [InlineData("""{"publer":7}""", "publer")]
    [InlineData("""nonsense""", "body")]
    public async Task A_setting_that_is_not_known_is_refused_by_name(string body, string field)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var refusal = await sandbox.Http.PutAsync("/_sandbox/settings", new StringContent(body), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.NotNull((await refusal.JsonAsync())["errors"]![field]);
    }

    [Theory]
    [InlineData("192.0.2.7", HttpStatusCode.NotFound)]
    [InlineData("::ffff:192.0.2.7", HttpStatusCode.NotFound)]
    [InlineData("127.0.0.9", HttpStatusCode.OK)]
    [InlineData("::1", HttpStatusCode.OK)]
    public async Task Only_this_machine_may_steer_it(string caller, HttpStatusCode status)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(services =>
            services.AddSingleton<IStartupFilter>(new CallsComeFrom(IPAddress.Parse(caller))));

        var control = await sandbox.Http.GetAsync("/_sandbox/faults", Cancellation);
        var provider = await sandbox.Supabase.GetAsync("experiments", Cancellation);

        Assert.Equal((status, HttpStatusCode.OK), (control.StatusCode, provider.StatusCode));
    }

    [Fact]
    public async Task A_ledger_of_a_provider_that_is_not_played_is_not_found()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var answer = await sandbox.Http.GetAsync("/_sandbox/ledger/myspace", Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.StatusCode, (await answer.JsonAsync()).Text("code")));
    }

    private sealed class CallsComeFrom(IPAddress caller) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = caller;
                return rest(context);
            });
            next(app);
        };
    }
}
