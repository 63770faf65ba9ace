using System.Net;
using System.Text.Json;

namespace HotDash.Cli.Tests;

public sealed class CheckCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_prints_a_line_for_each_probe_and_asks_the_api_for_it()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Working);

        var code = await cli.RunAsync("check", "chatwoot");

        Assert.Equal(0, code);
        Assert.Equal(("POST", "/api/integrations/chatwoot/check"), (cli.Api.Requests.Single().Method, cli.Api.Requests.Single().Address.AbsolutePath));
        Assert.Equal(Lines("✅ Chatwoot health endpoint OK", "✅ API authentication successful", "✅ Can fetch conversations"), cli.Out);
    }

    [Fact]
    public async Task A_failure_says_what_happened_and_what_to_do_and_the_exit_code_tells_of_it()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Refused);

        var code = await cli.RunAsync("check", "chatwoot");

        Assert.Equal(1, code);
        Assert.Equal(
            Lines("✅ Chatwoot health endpoint OK", "❌ API authentication failed: our key was refused (401). Look at the key.", "➖ Can fetch conversations: not asked"),
            cli.Out);
    }

    [Theory]
    [InlineData(SwitchedOff, 1, "➖ publer is DISABLED: it is switched off. Set PUBLER_LIVE=true.")]
    [InlineData(Paused, 1, "❌ publer is ERROR: calls are paused. Wait.")]
    [InlineData(UsedUp, 0, "➖ publer is RATE_LIMITED: its limit is used up. Wait.")]
    [InlineData(WithoutKey, 1, "❌ publer is ERROR: PUBLER_API_KEY not set. Set it.")]
    public async Task What_no_probe_tells_is_said_too(string answer, int expected, string line)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, answer);

        var code = await cli.RunAsync("check", "publer");

        Assert.Equal(expected, code);
        Assert.EndsWith(Lines(line), cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_printed_under_their_names_and_what_nobody_wants_called_is_no_failure()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integrations":[{{Working}},{{SwitchedOff}}]}""");

        var code = await cli.RunAsync("check", "all");

        Assert.Equal(0, code);
        Assert.Equal("/api/integrations/check", cli.Api.Requests.Single().Address.AbsolutePath);
        Assert.Contains(Lines("chatwoot", "  ✅ Chatwoot health endpoint OK"), cli.Out, StringComparison.Ordinal);
        Assert.Contains(Lines("publer", "  ➖ publer is DISABLED: it is switched off. Set PUBLER_LIVE=true."), cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_failure_among_all_is_a_failure()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"integrations":[{{Refused}},{{SwitchedOff}}]}""");

        Assert.Equal(1, await cli.RunAsync("check", "all"));
    }

    [Fact]
    public async Task Each_run_appends_a_line_to_the_file_of_the_day_and_the_integration()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Working).Replies(HttpStatusCode.OK, Refused);
        var day = cli.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        await cli.RunAsync("check", "chatwoot");
        await cli.RunAsync("check", "chatwoot");

        var lines = (await File.ReadAllLinesAsync(cli.Folder[$"artifacts/integrations/{day}/chatwoot_health.jsonl"], Ct)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([true, false], lines.Select(line => line.GetProperty("ok").GetBoolean()));
        Assert.Equal(["ok", "failed", "not_asked"], lines[1].GetProperty("probes").EnumerateArray().Select(probe => probe.GetProperty("outcome").GetString()));
        Assert.All(lines, line => Assert.Equal(cli.Clock.GetUtcNow(), line.GetProperty("at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_name_from_outside_leads_into_no_other_folder_and_sends_nothing_to_the_terminal()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Working.Replace("\"chatwoot\"", "\"../../x\\u001b[2J\"", StringComparison.Ordinal));

        await cli.RunAsync("check", "all");

        Assert.DoesNotContain('\e', cli.Out);
        Assert.Equal("x2J_health.jsonl", Path.GetFileName(Assert.Single(Directory.GetFiles(cli.Folder["artifacts"], "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task With_json_it_prints_what_the_api_answers_and_the_exit_code_stays()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Refused);

        var code = await cli.RunAsync("check", "chatwoot", "--json");

        Assert.Equal(1, code);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Refused).RootElement, JsonDocument.Parse(cli.Out).RootElement));
    }

    [Fact]
    public async Task An_integration_that_does_not_exist_is_said()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.NotFound, """{"detail":"There is no integration with this key."}""");

        var code = await cli.RunAsync("check", "chat woot");

        Assert.Equal((2, "/api/integrations/chat%20woot/check"), (code, cli.Api.Requests.Single().Address.AbsolutePath));
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + Environment.NewLine));

    private const string Working =
        """
        {"key":"chatwoot","status":"CONNECTED","reason":null,"toDo":null,"missingCredentials":[],"health":{"ok":true,"probes":[
          {"name":"Chatwoot health endpoint OK","outcome":"ok"},{"name":"API authentication successful","outcome":"ok"},{"name":"Can fetch conversations","outcome":"ok"}]}}
        """;

    private const string Refused =
        """
        {"key":"chatwoot","status":"ERROR","reason":"API authentication failed: our key was refused (401)","toDo":"Look at the key.","missingCredentials":[],
         "health":{"ok":false,"probes":[
          {"name":"Chatwoot health endpoint OK","outcome":"ok"},
          {"name":"API authentication failed","outcome":"failed","failure":"unauthorized","happened":"our key was refused (401)","toDo":"Look at the key."},
          {"name":"Can fetch conversations","outcome":"not_asked"}]}}
        """;

    private const string SwitchedOff =
        """{"key":"publer","status":"DISABLED","reason":"it is switched off","toDo":"Set PUBLER_LIVE=true.","missingCredentials":["PUBLER_API_KEY"],"health":null}""";

    private const string WithoutKey =
        """{"key":"publer","status":"ERROR","reason":"PUBLER_API_KEY not set","toDo":"Set it.","missingCredentials":["PUBLER_API_KEY"],"health":{"ok":true,"probes":[{"name":"Old","outcome":"ok"}]}}""";

    private const string Paused =
        """{"key":"publer","status":"ERROR","reason":"calls are paused","toDo":"Wait.","missingCredentials":[],"health":{"ok":true,"probes":[{"name":"Can fetch accounts","outcome":"ok"}]}}""";

    private const string UsedUp =
        """{"key":"publer","status":"RATE_LIMITED","reason":"its limit is used up","toDo":"Wait.","missingCredentials":[],"health":{"ok":true,"probes":[{"name":"Can fetch accounts","outcome":"ok"}]}}""";
}
