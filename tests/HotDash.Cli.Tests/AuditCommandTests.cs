using System.Net;

namespace HotDash.Cli.Tests;

public sealed class AuditCommandTests
{
    private const string Entry =
        """
        {"id":7,"seq":5,"at":"2026-11-21T12:00:00Z","kind":"flag","objectId":"publer_live","action":"kill","actor":"ada 1","reason":"fire",
         "before":{"killed":false},"after":{"killed":true},"traceId":null,"hash":"ab"}
        """;

    [Fact]
    public async Task Changes_are_listed_by_what_who_and_when()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"entries":[{{Entry}}],"nextCursor":"7"}""");

        var code = await cli.RunAsync("audit", "list", "--object", "a&b", "--actor", "ada", "--limit", "1");

        Assert.Equal((0, "/api/audit?objectId=a%26b&actor=ada&limit=1"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.All(["flag publer_live", "kill", "ada 1", "fire", "--cursor 7"], part => Assert.Contains(part, cli.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_shown_with_what_was_before_and_after()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Entry);

        var code = await cli.RunAsync("audit", "show", "7");

        Assert.Equal((0, "/api/audit/7"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.All(["""{"killed":false}""", """{"killed":true}""", "ab"], part => Assert.Contains(part, cli.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "", 0, "none edited, deleted or moved")]
    [InlineData(1, """{"kind":"cut_tail","from":8,"to":9,"what":"The newest entries are missing."}""", 1, "cut_tail: The newest entries are missing.")]
    public async Task A_verification_says_what_it_found_and_its_exit_code_does_too(int count, string flaws, int exit, string said)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Verdict(count, flaws));

        var code = await cli.RunAsync("audit", "verify");

        Assert.Equal((exit, "/api/audit/verify"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.All([said, "up to 7", "2, the oldest for 00:00:00.4"], part => Assert.Contains(part, cli.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_whole_line_of_a_copy_of_the_checkpoints_must_fit_too()
    {
        using var cli = new CliUnderTest();
        var copy = cli.Folder["copy.jsonl"];
        await File.WriteAllLinesAsync(copy, ["""{"seq":5,"hash":"aa"}""", """{"seq":7,"hash":"bb"}""", """{"seq":9,"ha"""], TestContext.Current.CancellationToken);
        cli.Api.Replies(HttpStatusCode.OK, Verdict(0, ""));

        var codes = new[] { await cli.RunAsync("audit", "verify", "--checkpoints", copy, "--json"), await cli.RunAsync("audit", "verify", "--checkpoints", cli.Folder["none"]) };

        Assert.Equal([0, 2], codes);
        Assert.Equal("/api/audit/verify?seq=7&hash=bb", cli.Api.Requests.Single().Address.PathAndQuery);
        Assert.Contains("--checkpoints cannot be read", cli.Error, StringComparison.Ordinal);
    }

    private static string Verdict(int count, string flaws) =>
        $$$"""
        {"log":"0199","entries":7,"newest":7,"ok":{{{(count == 0 ? "true" : "false")}}},"flaws":[{{{flaws}}}],"flawCount":{{{count}}},
         "unchained":{"entries":2,"oldestAge":"00:00:00.4"},
         "checkpoints":{"file":"/audit/0199.jsonl","count":3,"lastSeq":7,"lastAt":"2026-11-21T12:00:00Z","unreadable":0}}
        """;
}
