using System.Net;

namespace HotDash.Cli.Tests;

public sealed class ApprovalCommandTests
{
    private const string Id = "0190c6a0-0000-7000-8000-000000000001";

    private const string Approval =
        $$"""
        {"id":"{{Id}}","kind":"support.reply","account":"1","target":"42","targetVersion":"7","hash":"abc","revision":1,"state":"approved","risk":1,"required":1,"approvedBy":["ada"],
         "requester":"bot","authors":["bot"],"createdAt":"2026-01-01T12:00:00Z","expiresAt":"2026-01-02T12:00:00Z","reason":null,"stale":true,"sends":0,"effectId":null}
        """;

    [Theory]
    [InlineData("approve", "--hash abc", """{"hash":"abc"}""")]
    [InlineData("reject", "--hash abc --reason rude", """{"hash":"abc","reason":"rude"}""")]
    [InlineData("settle", "--happened false --reason looked", """{"happened":false,"reason":"looked"}""")]
    [InlineData("edit", "--hash abc --file words.txt", """{"hash":"abc","content":"Better words"}""")]
    public async Task A_decision_names_what_was_seen(string verb, string options, string body)
    {
        using var cli = new CliUnderTest();
        var file = Path.Combine(cli.Folder.Path, "words.txt");
        await File.WriteAllTextAsync(file, "Better words", TestContext.Current.CancellationToken);
        cli.Api.Replies(HttpStatusCode.OK, Approval);

        var code = await cli.RunAsync(["approvals", verb, Id, .. options.Split(' ').Select(word => word is "words.txt" ? file : word)]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, $"POST /api/approvals/{Id}/{verb}", body), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body));
        Assert.Equal($"{Id} is approved: 1 of 1 approved abc{Environment.NewLine}", cli.Out);
    }

    [Fact]
    public async Task A_list_is_filtered_and_says_what_is_stale()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"approvals":[{{Approval}}],"nextCursor":"next"}""");

        var code = await cli.RunAsync("approvals", "list", "--kind", "support.reply", "--state", "pending", "--risk", "2", "--limit", "5");

        Assert.Equal((0, "/api/approvals?kind=support.reply&risk=2&state=pending&limit=5"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains("stale", cli.Out, StringComparison.Ordinal);
        Assert.Contains("More: --cursor next", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_shown_with_its_wordings_and_grades()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""
            {"approval":{{Approval}},"revisions":[{"revision":1,"author":"bot","at":"2026-01-01T12:00:00Z","content":"On its way"}],
             "grades":[{"grader":"ada","tone":5,"accuracy":4,"policy":3,"comment":"short","mirroredAt":null}],
             "draft":{"answers":"7","confidence":0.9,"sources":["https://shop.example/shipping"],"note":"written","answered":{"id":"7","at":"2026-01-01T12:00:00Z","text":"Where is it?"},
              "newer":[{"id":"9","at":"2026-01-01T13:00:00Z","text":"It came."}]},"contentHidden":null}
            """);

        var code = await cli.RunAsync("approvals", "show", Id);

        Assert.Equal(0, code);
        Assert.Contains("On its way", cli.Out, StringComparison.Ordinal);
        Assert.Contains("tone 5, accuracy 4, policy 3 short (not in Supabase yet)", cli.Out, StringComparison.Ordinal);
        Assert.Matches("(?s)It answers 7:.*Where is it[?].*has written since:.*It came[.]", cli.Out);
    }

    [Fact]
    public async Task Many_are_decided_by_the_digest_of_what_was_seen_and_the_exit_code_tells_of_those_that_were_not()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, """{"count":2,"digest":"def"}""");
        cli.Api.Replies(HttpStatusCode.OK, """{"decided":1,"refused":[{"id":"x","reason":"It was changed."}]}""");

        var seen = await cli.RunAsync("approvals", "decide", "--kind", "support.reply");
        var decided = await cli.RunAsync("approvals", "decide", "--kind", "support.reply", "--count", "2", "--digest", "def");

        Assert.Equal((0, 1), (seen, decided));
        Assert.Equal("""{"filter":{"kind":"support.reply"},"decision":"approve","count":2,"digest":"def","reason":null}""", cli.Api.Requests[1].Body);
        Assert.Contains("--count 2 --digest def", cli.Out, StringComparison.Ordinal);
        Assert.Contains("x: It was changed.", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grade_is_told()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.NoContent, "");

        var code = await cli.RunAsync("approvals", "grade", Id, "--tone", "5", "--accuracy", "4", "--policy", "3");

        Assert.Equal((0, """{"tone":5,"accuracy":4,"policy":3,"comment":null}"""), (code, cli.Api.Requests.Single().Body));
    }

    [Theory]
    [InlineData("true", 0, "Sent = approved.")]
    [InlineData("false", 1, "Not proved.")]
    public async Task The_exit_code_of_a_proof_tells_whether_it_is_one(string proved, int expected, string said)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""{"proved":{{proved}},"hash":"abc","checks":[{"check":"bytes","ok":{{proved}},"detail":"What is stored"}],"story":[{"seq":5,"at":"2026-01-01T12:00:00Z","action":"send","actor":"HotDash","hash":"abc"}]}""");

        var code = await cli.RunAsync("approvals", "prove", Id);

        Assert.Equal((expected, true), (code, cli.Out.Contains(said, StringComparison.Ordinal)));
    }
}
