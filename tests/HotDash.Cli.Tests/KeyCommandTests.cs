using System.Net;

namespace HotDash.Cli.Tests;

public sealed class KeyCommandTests
{
    private const string Id = "0199f3c0-0000-7000-8000-000000000001";

    [Fact]
    public async Task A_new_keys_token_alone_is_printed_so_that_a_shell_can_take_it()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.Created, $$"""{"id":"{{Id}}","token":"hd_secret"}""");

        var code = await cli.RunAsync("keys", "create", "ada", "--scope", "read", "--scope", "approve", "--cohort", "internal", "--expires", "2026-12-01T00:00:00Z");

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, "hd_secret", "POST /api/keys"), (code, cli.Out.Trim(), $"{sent.Method} {sent.Address.PathAndQuery}"));
        Assert.Equal("""{"name":"ada","scopes":["read","approve"],"expiresAt":"2026-12-01T00:00:00Z","cohort":"internal"}""", sent.Body);
        Assert.Contains($"ada has the key {Id}", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_a_scope_is_not_asked_for()
    {
        using var cli = new CliUnderTest();

        var code = await cli.RunAsync("keys", "create", "ada");

        Assert.Equal((2, true), (code, cli.Error.Contains("Try: hotdash keys create --help", StringComparison.Ordinal)));
        Assert.Empty(cli.Api.Requests);
    }

    [Fact]
    public async Task Keys_are_listed_and_revoked()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK, $$"""{"keys":[{"id":"{{Id}}","name":"ada","scopes":["read","approve"],"cohort":null,"createdAt":"2026-11-22T08:00:00Z","expiresAt":null,"lastUsedAt":null,"revokedAt":null}]}""")
            .Replies(HttpStatusCode.NoContent, "");

        var codes = (await cli.RunAsync("keys", "list"), await cli.RunAsync("keys", "revoke", Id));

        Assert.Equal((0, 0), codes);
        Assert.Equal(["GET /api/keys", $"POST /api/keys/{Id}/revoke"], cli.Api.Requests.Select(sent => $"{sent.Method} {sent.Address.PathAndQuery}"));
        Assert.All(["ada", "read, approve", $"{Id} is revoked."], shown => Assert.Contains(shown, cli.Out, StringComparison.Ordinal));
    }
}
