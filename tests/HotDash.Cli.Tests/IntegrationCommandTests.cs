using System.Net;
using System.Text.Json;

namespace HotDash.Cli.Tests;

public sealed class IntegrationCommandTests
{
    [Theory]
    [InlineData("list", "GET /api/integrations", All, 0, "publer_live: off")]
    [InlineData("show publer", "GET /api/integrations/publer", One, 0, "list-accounts")]
    [InlineData("connect publer", "POST /api/integrations/publer/connect", Publer, 0, "publer is DISCONNECTED: ada: it moves.")]
    [InlineData("connect all", "POST /api/integrations/connect", Failing, 1, "publer is ERROR: no.")]
    [InlineData("disconnect publer --reason moves", "POST /api/integrations/publer/disconnect", Publer, 0, "publer is DISCONNECTED: ada: it moves.")]
    [InlineData("check publer", "POST /api/integrations/publer/check", Publer, 1, "publer is DISCONNECTED")]
    public async Task Each_command_asks_the_api_and_says_how_the_integration_stands(string command, string request, string answer, int expected, string part)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, answer);

        var code = await cli.RunAsync(["integrations", .. command.Split(' ')]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((expected, request), (code, $"{sent.Method} {sent.Address.PathAndQuery}"));
        Assert.Contains(part, cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list", All)]
    [InlineData("show publer", One)]
    [InlineData("connect publer", Publer)]
    [InlineData("disconnect publer --reason moves", Publer)]
    public async Task With_json_it_prints_what_the_api_answers(string command, string answer)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, answer);

        await cli.RunAsync(["integrations", .. command.Split(' '), "--json"]);

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(answer).RootElement, JsonDocument.Parse(cli.Out).RootElement));
    }

    [Fact]
    public async Task Disconnecting_needs_a_reason()
    {
        using var cli = new CliUnderTest();

        Assert.Equal(2, await cli.RunAsync("integrations", "disconnect", "publer"));
        Assert.Empty(cli.Api.Requests);
    }

    private const string Publer =
        """
        {"key":"publer","source":"publer","status":"DISCONNECTED","since":"2026-11-21T12:00:00Z","reason":"ada: it moves","toDo":"Connect it.",
         "flag":{"name":"publer_live","variables":["PUBLER_LIVE"],"on":false},"credentials":["PUBLER_API_KEY"],"missingCredentials":["PUBLER_API_KEY"],"pause":null,
         "breaker":{"state":"closed","processes":[]},"budget":null,"calls":{"calls":8,"outcomes":{"ok":4,"timeout":4},"errorRate":0.5},"health":null}
        """;

    private const string All = $$"""{"integrations":[{{Publer}}]}""";

    private const string Failing = """{"integrations":[{"key":"publer","status":"ERROR","reason":"no"}]}""";

    private const string One =
        $$$"""{"integration":{{{Publer}}},"lastCalls":[{"at":"2026-11-21T12:00:00Z","operation":"list-accounts","source":"publer","calls":{"calls":8,"errorRate":0.5}}]}""";
}
