using System.Net;

namespace HotDash.Cli.Tests;

public sealed class WebhookCommandTests
{
    private const string Row =
        """{"id":"0199f2a0-0000-7000-8000-000000000001","source":"acme","topic":"told","resource":"a/1","deliveryId":"d-1","state":"poison","receivedAt":"2026-11-21T12:00:00Z","attempts":5,"error":"It has no id.","dueAt":null,"settledAt":"2026-11-21T12:04:00Z","bytes":7}""";

    [Fact]
    public async Task Events_are_asked_for_by_what_was_given_and_more_of_them_are_a_cursor_away()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"events":[{{Row}}],"nextCursor":"abc"}""");

        var code = await cli.RunAsync("webhooks", "list", "--state", "poison", "--resource", "a/1", "--limit", "1");

        Assert.Equal((0, "/api/webhooks?resource=a%2F1&state=poison&limit=1"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains("It has no id.", cli.Out, StringComparison.Ordinal);
        Assert.EndsWith($"More: --cursor abc{Environment.NewLine}", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"body":{"id":7},"bodyHidden":null}""", "\"id\": 7")]
    [InlineData("""{"body":null,"bodyHidden":"It is no JSON."}""", "It is no JSON.")]
    public async Task An_event_is_shown_with_its_body_or_why_it_has_none(string body, string shown)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"event":{{Row}},{{body[1..]}}""");

        var code = await cli.RunAsync("webhooks", "show", "0199f2a0-0000-7000-8000-000000000001");

        Assert.Equal(0, code);
        Assert.Contains("acme told", cli.Out, StringComparison.Ordinal);
        Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_goes_to_the_api_and_its_refusal_is_told()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.NoContent, "").Replies(HttpStatusCode.Conflict, """{"code":"wrong_state","detail":"It is done."}""");

        var codes = (await Replay(), await Replay());

        Assert.Equal((0, 2), codes);
        Assert.All(cli.Api.Requests, sent => Assert.Equal("POST /api/webhooks/0199f2a0-0000-7000-8000-000000000001/replay", $"{sent.Method} {sent.Address.PathAndQuery}"));
        Task<int> Replay() => cli.RunAsync("webhooks", "replay", "0199f2a0-0000-7000-8000-000000000001");
    }

    [Theory]
    [InlineData("true", "false", 0, "ok")]
    [InlineData("null", "false", 0, "unknown")]
    [InlineData("false", "false", 1, "missing")]
    [InlineData("true", "true", 1, "silent")]
    public async Task The_inventory_ends_with_1_when_a_topic_is_missing_or_silent(string subscribed, string silent, int code, string standing)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""
            {"sources":[{"source":"chatwoot","receives":true,"address":null,"checkedAt":null,"missedSince":null,"filledAt":null,"topics":[
            {"topic":"message_created","needed":true,"subscribed":{{subscribed}},"lastDelivery":"2026-11-21T12:00:00Z","sample":30,"usualGapSeconds":60,"silentSeconds":3700,"silentTooLong":{{silent}}},
            {"topic":"contact_created","needed":false,"subscribed":true,"lastDelivery":null,"sample":0,"usualGapSeconds":null,"silentSeconds":null,"silentTooLong":false}]}]}
            """);

        var ended = await cli.RunAsync("webhooks", "inventory");

        Assert.Equal((code, "/api/webhooks/inventory"), (ended, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains(standing, cli.Out, StringComparison.Ordinal);
        Assert.Contains("01:01:40", cli.Out, StringComparison.Ordinal);
        Assert.Contains("Webhooks:PublicAddress", cli.Out, StringComparison.Ordinal);
    }
}
