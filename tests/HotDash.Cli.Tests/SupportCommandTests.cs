using System.Net;

namespace HotDash.Cli.Tests;

public sealed class SupportCommandTests
{
    private const string Categories = """{"conversationId":"42","categories":["delivery"],"labels":["shipping","vip"],"waits":true,"failure":null}""";

    [Fact]
    public async Task A_transcript_is_printed_as_it_comes()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, "# Conversation 42\n\n> Call [phone]\u0007\n");

        var code = await cli.RunAsync("support", "transcript", "42");

        Assert.Equal((0, "/api/support/conversations/42/transcript?format=md"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains("> Call [phone] \n", cli.Out, StringComparison.Ordinal); // a terminal obeys control characters
    }

    [Fact]
    public async Task A_transcript_that_is_refused_says_why()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.NotFound, """{"detail":"Chatwoot has no conversation with this number."}""");

        var code = await cli.RunAsync("support", "transcript", "42");

        Assert.Equal((2, true), (code, cli.Error.Contains("no conversation", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("labels map b2b trade", "PUT /api/support/labels/b2b", """{"category":"trade"}""", """{"label":"b2b","category":"trade"}""", "b2b stands for trade.")]
    [InlineData("labels unmap vip", "DELETE /api/support/labels/vip", "", "", "vip stands for nothing.")]
    [InlineData("labels list", "GET /api/support/labels", "", """{"labels":[{"label":"vip","category":"trade"}]}""", "trade")]
    [InlineData("categories 42 --set delivery trade", "PUT /api/support/conversations/42/categories", """{"categories":["delivery","trade"]}""", Categories, "gets them soon")]
    [InlineData("categories 42 --none", "PUT /api/support/conversations/42/categories", """{"categories":[]}""", Categories, "delivery")]
    [InlineData("categories 42", "GET /api/support/conversations/42/categories", "", Categories, "shipping, vip")]
    public async Task What_an_operator_asks_for_goes_to_the_api(string command, string request, string body, string reply, string shown)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, reply);

        var code = await cli.RunAsync(["support", .. command.Split(' ')]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, request, body), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body ?? ""));
        Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
    }
}
