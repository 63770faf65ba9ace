using System.Net;

namespace HotDash.Cli.Tests;

public sealed class RolloutCommandTests
{
    [Theory]
    [InlineData(
        "start publer_live --to BETA --interval 30 --error-threshold 2.5 --min-sample 50 --advance-after 3600 --require-approval --rollback-on-error --reason go", "POST /api/rollouts/publer_live/start",
        """{"targetStage":"BETA","healthCheckInterval":30,"errorThreshold":2.5,"minSampleSize":50,"autoAdvanceAfter":3600,"requireApprovalPerStage":true,"pauseOnError":false,"reason":"go"}""")]
    [InlineData("advance a/b --reason more", "POST /api/rollouts/a%2Fb/advance", """{"reason":"more"}""")]
    [InlineData("advance publer_live --reason more --force", "POST /api/rollouts/publer_live/advance", """{"reason":"more","force":true}""")]
    [InlineData("pause publer_live --reason lunch", "POST /api/rollouts/publer_live/pause", """{"reason":"lunch"}""")]
    [InlineData("resume publer_live --reason back", "POST /api/rollouts/publer_live/resume", """{"reason":"back"}""")]
    [InlineData("rollback publer_live --reason fire", "POST /api/rollouts/publer_live/rollback", """{"reason":"fire"}""")]
    public async Task A_move_goes_to_the_api_with_its_reason_and_what_became_of_the_rollout_is_said(string command, string request, string body)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Rollout("healthy"));

        var code = await cli.RunAsync(["rollouts", .. command.Split(' ')]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, request, body), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body));
        Assert.Equal($"publer_live is PAUSED at BETA (10 %) of FULL: 9 of 10 calls failed{Environment.NewLine}", cli.Out);
    }

    [Theory]
    [InlineData("healthy", 0)]
    [InlineData("regressing", 1)]
    [InlineData("no-traffic", 1)]
    public async Task The_exit_code_of_a_check_tells_of_its_verdict(string verdict, int expected)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Rollout(verdict));

        var code = await cli.RunAsync("rollouts", "check", "publer_live");

        Assert.Equal(expected, code);
        Assert.EndsWith($"{verdict}: because{Environment.NewLine}", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_is_a_line_for_each_check_and_the_exit_code_tells_of_a_cross()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, """{"ready":false,"checks":[{"check":"flag","ok":true,"detail":"It is off."},{"check":"credentials","ok":false,"detail":"X not set."},{"check":"suite","ok":null,"detail":"Nobody told."}]}""");

        var code = await cli.RunAsync("rollouts", "validate", "publer_live");

        Assert.Equal(1, code);
        Assert.Equal(string.Concat(new[] { "✅ flag: It is off.", "❌ credentials: X not set.", "➖ suite: Nobody told." }.Select(line => line + Environment.NewLine)), cli.Out);
    }

    [Theory]
    [InlineData("show", "an alarm is 100: more errors 250.5")]
    [InlineData("list", "regressing")]
    public async Task It_is_shown_with_its_evidence(string command, string part)
    {
        using var cli = new CliUnderTest();
        var rollout = Rollout("regressing");
        cli.Api.Replies(HttpStatusCode.OK, command is "list" ? $$"""{"rollouts":[{{rollout}}],"nextCursor":null}""" : $$"""{"rollout":{{rollout}},"evidence":{{Evidence}},"findings":[]}""");

        var code = await cli.RunAsync(command is "list" ? ["rollouts", "list"] : ["rollouts", "show", "publer_live"]);

        Assert.Equal(0, code);
        Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_of_a_contract_suite_is_told()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, """{"integration":"publer","passed":50,"failed":0,"build":"abc"}""");

        var code = await cli.RunAsync("rollouts", "contract", "publer", "--passed", "50", "--failed", "0", "--build", "abc");

        Assert.Equal((0, """{"integration":"publer","passed":50,"failed":0,"build":"abc"}"""), (code, cli.Api.Requests.Single().Body));
    }

    private const string Evidence =
        """{"through":"2026-01-01T12:00:00Z","calls":10,"errors":9,"otherCalls":90,"otherErrors":1,"expectedErrors":0.1,"moreErrors":250.5,"overThreshold":1,"slower":1}""";

    private static string Rollout(string verdict) =>
        $$"""
        {"flag":"publer_live","state":"PAUSED","stage":"BETA","percent":10,"targetStage":"FULL","verdict":"{{verdict}}","verdictReason":"because","checkedAt":"2026-01-01T12:00:00Z",
         "reason":"9 of 10 calls failed","startedAt":"2026-01-01T11:00:00Z","startedBy":"ada","stageSince":"2026-01-01T11:30:00Z","possible":["resume","rollback","check"]}
        """;
}
