using System.Net;
using System.Text.Json;

namespace HotDash.Cli.Tests;

/// <summary>Crosses. That all goes well is walked by the runbooks' own test, against the real api.</summary>
public sealed class RunbookCommandTests
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activation_stops_at_the_first_cross_and_does_nothing_of_what_follows()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integration":{{Integration("publer", "publer_live", missing: "PUBLER_API_KEY")}}}""").Replies(HttpStatusCode.OK, "{}");

        var code = await cli.RunAsync("activate", "publer", "--reason", "now");

        Assert.Equal(1, code);
        Assert.DoesNotContain(cli.Api.Requests, request => request.Method != "GET");
        Assert.EndsWith(
            Lines("  ❌ Not set: PUBLER_API_KEY. Set them for the api and the pollers, and start those again.", "Nothing was changed."), cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_that_fails_after_the_switch_says_how_to_go_back()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integration":{{Integration("publer", "publer_live")}}}""").Replies(HttpStatusCode.OK, "{}")
            .Replies(HttpStatusCode.OK, Suite("null", "Nobody has told of a result.")).Replies(HttpStatusCode.OK, Flag(killed: true, percent: 10))
            .Replies(HttpStatusCode.OK, Flag(killed: false, percent: 10))
            .Replies(HttpStatusCode.OK, Flag(killed: false, percent: 100));
        for (var asked = 0; asked < 3; asked++)
            cli.Api.Replies(HttpStatusCode.OK, $$"""{"integration":{{Integration("publer", "publer_live")}}}""");
        cli.Api.Replies(HttpStatusCode.OK, """
            {"key":"publer","status":"ERROR","reason":"x","toDo":"y","missingCredentials":[],"health":{"ok":false,"probes":[
              {"name":"API authentication failed","outcome":"failed","happened":"our key was refused (401)","toDo":"Look at the key."}]}}
            """);

        var run = cli.RunAsync("activate", "publer", "--reason", "now");
        await cli.Clock.PassAsync(Between, Ct);
        await cli.Clock.PassAsync(Between, Ct);

        Assert.Equal(1, await run);
        Assert.Equal(
            ["/api/flags/publer_live/unkill", "/api/flags/publer_live/enable", "/api/integrations/publer/check"],
            cli.Api.Requests.Where(request => request.Method == "POST").Select(request => request.Address.AbsolutePath));
        Assert.EndsWith(
            Lines("  ❌ API authentication failed: our key was refused (401). Look at the key.", "To go back:", "  hotdash rollback publer --reason \"…\""), cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_of_all_kills_each_flag_once_and_goes_on_after_a_cross()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integrations":[{{Integration("chatwoot", "shared")}},{{Integration("google-calendar", "shared")}},{{Integration("other", "other")}}]}""")
            .Replies(HttpStatusCode.ServiceUnavailable, """{"detail":"The store is away."}""").Replies(HttpStatusCode.OK, Flag(killed: true, percent: 10));
        for (var asked = 0; asked < 3; asked++)
            cli.Api.Replies(HttpStatusCode.OK, """{"source":"mock","warnings":[]}""");
        for (var asked = 0; asked < 6; asked++)
            cli.Api.Replies(HttpStatusCode.OK, """{"integration":{"status":"DISABLED"}}""");

        var run = cli.RunAsync("rollback", "--all", "--reason", "fire", "--json");
        for (var passed = 0; passed < 6; passed++)
            await cli.Clock.PassAsync(Between, Ct);

        Assert.Equal(1, await run);
        Assert.Equal(["/api/flags/shared/kill", "/api/flags/other/kill"], cli.Api.Requests.Where(request => request.Method == "POST").Select(request => request.Address.AbsolutePath));
        var steps = JsonDocument.Parse(cli.Out).RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("outcome").GetString());
        Assert.Equal(["failed", "ok", "ok", "ok", "ok"], steps);
    }

    [Fact]
    public async Task What_still_answers_from_the_provider_is_a_cross()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, $$"""{"integrations":[{{Integration("supabase", "idea_pool_supabase")}}]}""")
            .Replies(HttpStatusCode.OK, Flag(killed: true, percent: 10)).Replies(HttpStatusCode.OK, """{"source":"mock","warnings":[]}""");
        for (var asked = 0; asked < 100; asked++)
            cli.Api.Replies(HttpStatusCode.OK, """{"source":"supabase","warnings":[]}""");

        var run = cli.RunAsync("rollback", "supabase", "--reason", "fire");
        for (var passed = 0; passed <= 100; passed++)
            await cli.Clock.PassAsync(Between, Ct);

        Assert.Equal(1, await run);
        Assert.Contains("❌ supabase still answers supabase, not mock.", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rollback --reason fire")]
    [InlineData("rollback publer --all --reason fire")]
    [InlineData("rollback publer")]
    [InlineData("activate publer")]
    public async Task What_lacks_something_is_not_begun(string command)
    {
        using var cli = new CliUnderTest();

        Assert.Equal(2, await cli.RunAsync(command.Split(' ')));
        Assert.Empty(cli.Api.Requests);
    }

    [Fact]
    public async Task A_contract_suite_that_did_not_pass_is_a_cross()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integration":{{Integration("publer", "publer_live")}}}""").Replies(HttpStatusCode.OK, "{}")
            .Replies(HttpStatusCode.OK, Suite("false", "50 passed and 8 failed, of build abc."));

        Assert.Equal(1, await cli.RunAsync("activate", "publer", "--reason", "now"));
        Assert.Contains("❌ Contract suite: 50 passed and 8 failed, of build abc. Mend", cli.Out, StringComparison.Ordinal);
    }

    private static string Suite(string ok, string detail) => $$"""{"checks":[{"check":"contract suite of publer","ok":{{ok}},"detail":"{{detail}}"}]}""";

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + Environment.NewLine));

    private static string Integration(string key, string flag, string? missing = null) => $$"""
        {"key":"{{key}}","source":"{{key}}","status":"CONNECTED","flag":{"name":"{{flag}}","variables":["X"],"on":true},"credentials":["PUBLER_API_KEY"],
         "missingCredentials":[{{(missing is null ? "" : $"\"{missing}\"")}}],"health":null}
        """;

    private static string Flag(bool killed, int percent) => $$"""
        {"name":"publer_live","version":7,"enabled":true,"effectivePercent":{{percent}},"allowedCohorts":[],"killed":{{(killed ? "true" : "false")}},"changedBy":"ada"}
        """;
}
