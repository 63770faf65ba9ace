using System.Net;

namespace HotDash.Cli.Tests;

public sealed class AlertCommandTests
{
    private const string Alert =
        """
        {"id":"0199","indicator":"rate-limited","subject":"chatwoot","state":"acknowledged","summary":"chatwoot: 14 % of the calls were refused",
         "openedAt":"2026-01-01T12:00:00Z","checkedAt":"2026-01-01T12:05:00Z","wellSince":null,"acknowledgedAt":"2026-01-01T12:01:00Z","acknowledgedBy":"ada",
         "silencedUntil":null,"silencedBy":null,"resolvedAt":null,"links":["/api/integrations/chatwoot"]}
        """;

    [Theory]
    [InlineData("list --state open --indicator rate-limited --subject a/b --limit 5", "GET /api/alerts?state=open&indicator=rate-limited&subject=a%2Fb&limit=5", null, "chatwoot: 14 %")]
    [InlineData("show 0199", "GET /api/alerts/0199", null, "/api/integrations/chatwoot")]
    [InlineData("ack a/b --reason mine", "POST /api/alerts/a%2Fb/acknowledge", """{"reason":"mine"}""", "It is acknowledged: chatwoot: 14 %")]
    public async Task A_command_asks_the_api_and_says_what_it_answers(string command, string request, string? body, string part)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, command.StartsWith("list", StringComparison.Ordinal) ? $$"""{"alerts":[{{Alert}}],"nextCursor":null}""" : Alert);

        var code = await cli.RunAsync(["alerts", .. command.Split(' ')]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, request, body ?? ""), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body ?? ""));
        Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_ends_so_many_hours_from_now()
    {
        using var cli = new CliUnderTest();
        var until = cli.Clock.GetUtcNow().AddHours(1.5);
        cli.Api.Replies(HttpStatusCode.OK, Alert.Replace("\"silencedUntil\":null", $"\"silencedUntil\":\"{until:O}\"", StringComparison.Ordinal));

        var code = await cli.RunAsync("alerts", "silence", "0199", "--hours", "1.5", "--reason", "known");

        using var body = System.Text.Json.JsonDocument.Parse(cli.Api.Requests.Single().Body!);
        Assert.Equal((0, until, "known"), (code, body.RootElement.GetProperty("until").GetDateTimeOffset(), body.RootElement.GetProperty("reason").GetString()));
        Assert.StartsWith("It is acknowledged, silenced until ", cli.Out, StringComparison.Ordinal);
        Assert.Equal(2, await cli.RunAsync("alerts", "silence", "0199", "--hours", "0", "--reason", "known"));
    }

    [Fact]
    public async Task An_indicator_that_could_not_be_measured_is_said_so()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, """{"indicators":[{"name":"post-delivery","what":"","unit":"share","alert":0.01,"values":null}]}""");

        await cli.RunAsync("indicators");

        Assert.StartsWith("❌ post-delivery: it could not be measured", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad", 1, "❌ chatwoot: 14.3 % of the calls failed (of 1050; the limit is 1 %)")]
    [InlineData("well", 0, "✅ chatwoot: 14.3 %")]
    [InlineData("too_few", 0, "➖ chatwoot: 14.3 %")]
    public async Task Indicators_are_a_line_each_and_the_exit_code_tells_of_a_bad_one(string standing, int expected, string line)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""{"indicators":[{"name":"integration-errors","what":"of the calls failed","unit":"share","alert":0.01,"values":[{"subject":"chatwoot","value":0.143,"sample":1050,"standing":"{{standing}}"}]}]}""");

        var code = await cli.RunAsync("indicators", "--from", "2026-01-01T00:00:00Z");

        Assert.Equal((expected, "/api/indicators?from=2026-01-01T00%3A00%3A00Z"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.StartsWith(line, cli.Out, StringComparison.Ordinal);
    }
}
