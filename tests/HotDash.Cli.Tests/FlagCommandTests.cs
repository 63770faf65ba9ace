using System.Net;

namespace HotDash.Cli.Tests;

public sealed class FlagCommandTests
{
    [Theory]
    [InlineData("enable publer_live --percent 12.5 --reason go", "POST /api/flags/publer_live/enable", """{"reason":"go","percent":12.5}""")]
    [InlineData("disable publer_live --reason stop", "POST /api/flags/publer_live/disable", """{"reason":"stop"}""")]
    [InlineData("rollback publer_live --decrement 10 --reason less", "POST /api/flags/publer_live/rollback", """{"reason":"less","decrement":10}""")]
    [InlineData("kill publer_live --reason fire", "POST /api/flags/publer_live/kill", """{"reason":"fire"}""")]
    [InlineData("unkill publer_live --reason out", "POST /api/flags/publer_live/unkill", """{"reason":"out"}""")]
    [InlineData("override publer_live a/b on --reason try", "PUT /api/flags/publer_live/overrides/a%2Fb", """{"on":true,"reason":"try"}""")]
    [InlineData("override publer_live ada clear --reason done", "DELETE /api/flags/publer_live/overrides/ada?reason=done", null)]
    [InlineData(
        "create checkout --percent 5 --enabled --cohort beta --end 2027-01-01T00:00:00Z --reason new", "POST /api/flags",
        """{"name":"checkout","enabled":true,"rolloutPercent":5,"allowedCohorts":["beta"],"startDate":null,"endDate":"2027-01-01T00:00:00Z","monotone":false,"reason":"new"}""")]
    public async Task A_change_goes_to_the_api_with_its_reason_and_what_became_of_the_flag_is_said(string command, string request, string? body)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Flag);

        var code = await cli.RunAsync(["flags", .. command.Split(' ')]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, request, body ?? ""), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body ?? ""));
        Assert.Equal($"publer_live is on for 12.5 % and beta (version 7).{Environment.NewLine}", cli.Out);
    }

    [Fact]
    public async Task A_change_can_be_tied_to_the_version_that_was_looked_at_and_deleting_must_be()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Flag).Replies(HttpStatusCode.NoContent);

        var codes = new[]
        {
            await cli.RunAsync("flags", "kill", "publer_live", "--reason", "fire", "--version", "6"),
            await cli.RunAsync("flags", "delete", "publer_live", "--reason", "gone", "--version", "7"),
            await cli.RunAsync("flags", "delete", "publer_live", "--reason", "gone"),
        };

        Assert.Equal([0, 0, 2], codes);
        Assert.Equal(["\"6\"", "\"7\""], cli.Api.Requests.Select(request => request.Headers["If-Match"]));
        Assert.EndsWith($"publer_live is deleted.{Environment.NewLine}", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate publer_live --user ada&co", "/api/flags/publer_live/evaluate?user=ada%26co", "off (SPLIT)")]
    [InlineData("explain publer_live --cohort beta", "/api/flags/publer_live/explain?cohort=beta", "percentage")]
    [InlineData("list", "/api/flags?limit=50", "on for 12.5 % and beta")]
    public async Task A_question_prints_the_answer(string command, string path, string part)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, command is "list" ? $$"""{"flags":[{{Flag}}],"nextCursor":null}""" : Explanation);

        var code = await cli.RunAsync(["flags", .. command.Split(' ')]);

        Assert.Equal((0, path), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_is_shown_with_its_overrides()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Flag).Replies(HttpStatusCode.OK, """{"overrides":[{"user":"ada","on":false}]}""");

        await cli.RunAsync("flags", "show", "publer_live");

        Assert.All(["12.5 %", "beta", "ada", "off"], part => Assert.Contains(part, cli.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kill publer_live")]
    [InlineData("enable publer_live --reason go")]
    [InlineData("enable publer_live --reason go --percent much")]
    [InlineData("override publer_live ada maybe --reason try")]
    public async Task What_lacks_something_is_not_sent(string command)
    {
        using var cli = new CliUnderTest();

        Assert.Equal(2, await cli.RunAsync(["flags", .. command.Split(' ')]));
        Assert.Empty(cli.Api.Requests);
    }

    private const string Flag =
        """
        {"name":"publer_live","version":7,"enabled":true,"rolloutPercent":12.5,"effectivePercent":12.5,"allowedCohorts":["beta"],"startDate":null,
         "endDate":null,"salt":"publer_live","monotone":false,"killed":false,"metadata":{},"changedAt":"2026-11-21T12:00:00Z","changedBy":"ada"}
        """;

    private const string Explanation =
        """
        {"name":"publer_live","on":false,"variant":"off","reason":"SPLIT","problem":null,"version":7,
         "steps":[{"step":"percentage","decides":true,"detail":"Bucket 40 is not below 12.5."}]}
        """;
}
