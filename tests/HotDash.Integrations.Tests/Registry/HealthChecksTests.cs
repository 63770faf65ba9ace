using System.Net;

using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Registry;

public sealed class HealthChecksTests
{
    private const string Profile = """{"id":1,"name":"HotDash","accounts":[{"id":7,"role":"agent"}]}""";
    private const string Conversations = """{"data":{"meta":{"mine_count":0,"unassigned_count":0,"assigned_count":0,"all_count":0},"payload":[]}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_that_works_passes_every_probe_in_order()
    {
        using var chatwoot = new StubProvider();
        Works(chatwoot);
        await using var wired = new Wired(chatwoot);

        var health = await CheckAsync<ChatwootOptions>(wired);

        Assert.True(health.Ok);
        Assert.Equal(["Chatwoot health endpoint OK", "API authentication successful", "Can fetch conversations"], health.Probes.Select(probe => probe.Probe));
        Assert.Equal(
            ["/base/health", "/base/api", "/base/api/v1/profile", "/base/api/v1/accounts/7/conversations"],
            chatwoot.Requests.Select(request => request.Address.AbsolutePath));
    }

    [Theory]
    [InlineData("data_services", "database")]
    [InlineData("queue_services", "queue")]
    public async Task A_server_that_answers_200_while_it_fails_is_found_out(string service, string word)
    {
        using var chatwoot = new StubProvider();
        Works(chatwoot, server: Server.Replace($"\"{service}\":\"ok\"", $"\"{service}\":\"failing\"", StringComparison.Ordinal));
        await using var wired = new Wired(chatwoot);

        var health = await CheckAsync<ChatwootOptions>(wired);

        Assert.Equal(("Chatwoot health endpoint failing", "unavailable"), (health.Problem!.Probe, health.Problem.Failure));
        Assert.Contains(word, health.Problem.Happened, StringComparison.Ordinal);
        Assert.Equal([ProbeOutcome.Failed, ProbeOutcome.Ok, ProbeOutcome.Ok], health.Probes.Select(probe => probe.Outcome));
    }

    [Fact]
    public async Task A_failure_of_all_of_it_says_what_to_do_and_spares_the_probes_after_it()
    {
        using var chatwoot = new StubProvider()
            .Replies(HttpStatusCode.OK, """{"status":"woot"}""").Replies(HttpStatusCode.OK, Server).Replies(HttpStatusCode.Unauthorized);
        await using var wired = new Wired(chatwoot);

        var health = await CheckAsync<ChatwootOptions>(wired);

        Assert.Equal([ProbeOutcome.Ok, ProbeOutcome.Failed, ProbeOutcome.NotAsked], health.Probes.Select(probe => probe.Outcome));
        Assert.Equal(("API authentication failed", "our key was refused (401)"), (health.Problem!.Probe, health.Problem.Happened));
        Assert.Contains("CHATWOOT_API_KEY", health.Problem.ToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_account_is_found_out()
    {
        using var chatwoot = new StubProvider()
            .Replies(HttpStatusCode.OK, """{"status":"woot"}""").Replies(HttpStatusCode.OK, Server)
            .Replies(HttpStatusCode.OK, Profile.Replace("[{\"id\":7", "[{\"id\":8", StringComparison.Ordinal));
        await using var wired = new Wired(chatwoot);

        var health = await CheckAsync<ChatwootOptions>(wired);

        Assert.Equal("the key does not open this account", health.Problem!.Happened);
        Assert.Contains("CHATWOOT_ACCOUNT_ID", health.Problem.ToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_asks_once_counts_apart_and_leaves_breaker_and_pauses_alone()
    {
        using var publer = new StubProvider().AlwaysReplies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0"));
        await using var wired = new Wired(publer, Attempts.Several, settings: ("Integrations:publer:CircuitBreaker:FailureThreshold", "1"));

        var health = await CheckAsync<PublerOptions>(wired);

        Assert.False(health.Ok);
        Assert.Single(publer.Requests);
        Assert.Equal(OutcomeSources.Health, Assert.Single(wired.Outcomes.All).Source);
        Assert.Equal(BreakerState.Closed, wired.Get<IBreakers>()["publer"].State);
    }

    [Fact]
    public async Task A_check_goes_out_although_the_breaker_is_open_and_does_not_close_it()
    {
        using var publer = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]");
        await using var wired = new Wired(publer, settings: ("Integrations:publer:CircuitBreaker:FailureThreshold", "1"));
        await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<PublerClient>().ListAccountsAsync(Cancellation));

        var health = await CheckAsync<PublerOptions>(wired);

        Assert.True(health.Ok);
        Assert.Equal(BreakerState.Open, wired.Get<IBreakers>()["publer"].State);
    }

    [Fact]
    public async Task A_check_keeps_to_the_providers_limit()
    {
        using var publer = new StubProvider();
        await using var wired = new Wired(publer, budget: new EmptyBudget(TimeSpan.FromMinutes(1)));

        var health = await CheckAsync<PublerOptions>(wired);

        Assert.Equal("rate_limited", health.Problem!.Failure);
        Assert.Empty(publer.Requests);
    }

    [Fact]
    public async Task Supabase_is_asked_without_reading_what_it_holds()
    {
        using var supabase = new StubProvider().Replies(HttpStatusCode.OK).Replies(HttpStatusCode.OK, "", ("Content-Range", "0-0/3"));
        await using var wired = new Wired(supabase);

        var health = await CheckAsync<SupabaseOptions>(wired);

        Assert.True(health.Ok);
        Assert.Equal(["HEAD", "HEAD"], supabase.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Every_integration_declares_probes_and_names_its_switch_and_credentials()
    {
        await using var wired = new Wired(new StubProvider());
        var probes = wired.Get<IEnumerable<HealthProbe>>().ToList();

        Assert.All(wired.Get<IEnumerable<IntegrationOptions>>(), integration =>
        {
            Assert.Contains(probes, probe => probe.Integration == integration.Key);
            Assert.NotEmpty(integration.Credentials);
            Assert.Equal(integration.Flags is [], integration.Key is "chatwoot" or "shopify" or "alert-webhook");
        });
        Assert.Equal(["PUBLER_API_KEY", "PUBLER_WORKSPACE_ID"], wired.Get<PublerOptions>().Credentials);
        Assert.Equal(["IDEA_POOL_SUPABASE_ENABLED", "IDEA_POOL_LIVE"], wired.Get<SupabaseOptions>().Flags);
    }

    [Fact]
    public async Task Every_probe_asks_what_its_integration_declares()
    {
        using var nobody = new StubProvider().AlwaysReplies(HttpStatusCode.Found, "{}");
        await using var wired = new Wired(nobody);

        foreach (var integration in wired.Get<IEnumerable<IntegrationOptions>>())
        {
            var health = await wired.Get<HealthChecks>().CheckAsync(integration, Cancellation);

            Assert.All(health.Probes, probe => Assert.Equal((ProbeOutcome.Failed, "unexpected_reply"), (probe.Outcome, probe.Failure)));
        }
    }

    [Theory]
    [InlineData(IntegrationCodes.CredentialsMissing, "PUBLER_API_KEY")]
    [InlineData(IntegrationCodes.Network, "PUBLER_BASE_URL")]
    [InlineData(IntegrationCodes.IntegrationDisabled, "PUBLER_LIVE=true")]
    [InlineData(IntegrationCodes.RateLimited, "Integrations:Limits:publer")]
    [InlineData(IntegrationCodes.IntegrationPaused, "/api/integrations/publer/connect")]
    public async Task What_to_do_names_the_variable_or_the_address(string code, string named)
    {
        await using var wired = new Wired(new StubProvider(), settings: ("PUBLER_API_KEY", null));

        Assert.Contains(named, Remedies.For(code, wired.Get<PublerOptions>()), StringComparison.Ordinal);
    }

    private const string Server = """{"version":"4.13.0","timestamp":"2026-06-01 12:00:00","queue_services":"ok","data_services":"ok"}""";

    private static void Works(StubProvider chatwoot, string server = Server) => chatwoot
        .Replies(HttpStatusCode.OK, """{"status":"woot"}""").Replies(HttpStatusCode.OK, server)
        .Replies(HttpStatusCode.OK, Profile).Replies(HttpStatusCode.OK, Conversations);

    private static Task<IntegrationHealth> CheckAsync<TOptions>(Wired wired)
        where TOptions : IntegrationOptions => wired.Get<HealthChecks>().CheckAsync(wired.Get<TOptions>(), Cancellation);
}
