using System.Net;
using System.Text.Json;

namespace HotDash.Cli.Tests;

public sealed class DeadLetterCommandTests
{
    private const string Id = "0199e0a0-0000-7000-8000-000000000001";

    [Fact]
    public async Task List_shows_a_table_and_asks_for_what_was_filtered()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"letters":[{{Letter}}],"nextCursor":"abc"}""");

        var code = await cli.RunAsync("dlq", "list", "--integration", "publer", "--text", "a b&c", "--limit", "5");

        Assert.Equal(0, code);
        Assert.Equal("/api/dead-letters?integration=publer&text=a%20b%26c&limit=5", cli.Api.Requests.Single().Address.PathAndQuery);
        Assert.Equal("Bearer hd_test", cli.Api.Requests.Single().Headers["Authorization"]);
        Assert.Contains(Id, cli.Out, StringComparison.Ordinal);
        Assert.Contains("[red]not markup[/]", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', cli.Out);
        Assert.Contains("--cursor abc", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dlq list --json", "{\"letters\":[]}")]
    [InlineData("dlq groups --json", "{\"groups\":[]}")]
    [InlineData("dlq show 0199e0a0-0000-7000-8000-000000000001 --json", "{\"letter\":{}}")]
    [InlineData("dlq status 0199e0a0-0000-7000-8000-000000000001 --json", Replay)]
    [InlineData("dlq pause 0199e0a0-0000-7000-8000-000000000001 --json", Replay)]
    [InlineData("dlq discard 0199e0a0-0000-7000-8000-000000000001 --reason no --json", "{\"discarded\":1}")]
    [InlineData("dlq preview --all --json", Replay)]
    [InlineData("dlq replay 0199e0a0-0000-7000-8000-000000000001 --no-wait --json", Replay)]
    public async Task With_json_a_command_prints_what_the_api_answers_and_nothing_else(string command, string answer)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, answer);

        var code = await cli.RunAsync(command.Split(' '));

        Assert.Equal(0, code);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(answer).RootElement, JsonDocument.Parse(cli.Out).RootElement));
    }

    [Fact]
    public async Task Show_prints_the_letter_and_its_request()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""
            {"letter":{{Letter}},"request":{"method":"POST","path":"notes","headers":{"Authorization":null,"Accept":"*/*"},"body":"hello","bodyBytes":5},"requestHidden":null}
            """);

        var code = await cli.RunAsync("dlq", "show", Id);

        Assert.Equal(0, code);
        foreach (var text in (string[])["publer publish-post", "POST notes", "Authorization: (not shown)", "Accept: */*", "hello"])
            Assert.Contains(text, cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_sends_the_selection_and_says_how_to_go_on()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.Created, Replay);

        var code = await cli.RunAsync("dlq", "preview", "--integration", "publer", "--reason", "it works again", "--stop-share", "0.5");

        Assert.Equal(0, code);
        using var body = JsonDocument.Parse(cli.Api.Requests.Single().Body);
        Assert.Equal("publer", body.RootElement.GetProperty("filter").GetProperty("integration").GetString());
        Assert.Equal(("it works again", 0.5), (body.RootElement.GetProperty("reason").GetString(), body.RootElement.GetProperty("stopShare").GetDouble()));
        Assert.Contains($"hotdash dlq replay {Id}", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("done", 0, 0)]
    [InlineData("done", 1, 1)]
    [InlineData("stopped", 0, 1)]
    public async Task Replay_waits_for_the_end_and_its_exit_code_tells_of_it(string state, int failed, int expected)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, Replay.Replace("\"preview\"", "\"running\"", StringComparison.Ordinal));
        cli.Api.Replies(HttpStatusCode.OK, Replay.Replace("\"preview\"", $"\"{state}\"", StringComparison.Ordinal).Replace("\"failed\":0", $"\"failed\":{failed}", StringComparison.Ordinal));

        var running = cli.RunAsync("dlq", "replay", Id);
        await cli.Clock.PassAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var code = await running;

        Assert.Equal(expected, code);
        Assert.Equal([$"/api/dead-letters/replays/{Id}/start", $"/api/dead-letters/replays/{Id}"], cli.Api.Requests.Select(request => request.Address.AbsolutePath));
    }

    [Theory]
    [InlineData("dlq preview")]
    [InlineData("dlq preview --all 0199e0a0-0000-7000-8000-000000000001")]
    [InlineData("dlq discard --all")]
    [InlineData("dlq show")]
    [InlineData("dlq show abc")]
    [InlineData("dlq lst")]
    [InlineData("dlq list --limit many")]
    public async Task What_is_not_understood_is_said_and_nothing_is_asked(string command)
    {
        using var cli = new CliUnderTest();

        var code = await cli.RunAsync(command.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains("--help", cli.Error, StringComparison.Ordinal);
        Assert.Empty(cli.Out);
        Assert.Empty(cli.Api.Requests);
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(404, 2)]
    [InlineData(409, 2)]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(500, 4)]
    [InlineData(503, 4)]
    public async Task A_refusal_is_said_in_the_api_s_words(int status, int expected)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies((HttpStatusCode)status, """{"detail":"That is not possible."}""");

        var code = await cli.RunAsync("dlq", "list");

        Assert.Equal(expected, code);
        Assert.Equal($"That is not possible. ({status}){Environment.NewLine}", cli.Error);
    }

    [Theory]
    [InlineData("HOTDASH_KEY", null, 3)]
    [InlineData("HOTDASH_KEY", "hd_ä", 3)]
    [InlineData("HOTDASH_URL", "localhost", 2)]
    public async Task A_bad_environment_is_named(string variable, string? value, int expected)
    {
        using var cli = new CliUnderTest();
        cli.Environment[variable] = value;

        var code = await cli.RunAsync("dlq", "list");

        Assert.Equal(expected, code);
        Assert.Contains(variable, cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_said()
    {
        using var cli = new CliUnderTest();
        cli.Api.Fails(new HttpRequestException("Connection refused"));

        var code = await cli.RunAsync("dlq", "list");

        Assert.Equal(4, code);
        Assert.Contains("http://hotdash.example", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "Exit codes")]
    [InlineData("dlq --help", "discard")]
    [InlineData("dlq preview --help", "--stop-share")]
    public async Task Help_says_what_there_is(string command, string expected)
    {
        using var cli = new CliUnderTest();

        var code = await cli.RunAsync(command.Split(' '));

        Assert.Equal(0, code);
        Assert.Contains(expected, cli.Out, StringComparison.Ordinal);
    }

    private const string Letter =
        """
        {"id":"0199e0a0-0000-7000-8000-000000000001","integration":"publer","operation":"publish-post","state":"pending","failure":"timeout",
         "summary":"[red]not markup[/] \u001b[2J","attempts":3,"keptAt":"2026-06-01T12:00:00Z","firstAt":"2026-06-01T12:00:00Z","lastAt":"2026-06-01T12:00:00Z",
         "traceId":null,"idempotencyKey":null,"origin":"Ada","replayId":null,"settledAt":null,"settledBy":null,"settledReason":null}
        """;

    private const string Replay =
        """
        {"id":"0199e0a0-0000-7000-8000-000000000001","state":"preview","askedBy":"Ada","reason":null,"stopShare":0.2,"message":null,
         "progress":{"total":2,"replayed":0,"found":0,"failed":0,"skipped":0,"open":2},"look":{"due":0,"found":1,"absent":0,"unclear":0},
         "groups":[{"letters":2,"state":"pending","integration":"publer","operation":"publish-post","failure":"timeout","summary":"no answer in time"}]}
        """;
}
