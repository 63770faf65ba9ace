using System.Net.Http.Headers;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Access;

public sealed class AccessTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private static readonly string NobodysKey = "hd_" + new string('x', 43);

    [Theory]
    [InlineData("/api/social/posts")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/nothing-here")]
    [InlineData("/ofrep/v1/evaluate/flags")]
    public async Task Without_a_key_every_route_answers_401_also_one_that_does_not_exist(string path)
    {
        var api = await StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = null;

        var reply = await api.GetAsync(path);

        Assert.Equal((401, "unauthorized"), (reply.Status, reply.Code));
        Assert.Equal("Bearer", reply.Message.Headers.WwwAuthenticate.Single().Scheme);
        Assert.False(reply.Message.Headers.Contains("X-HotDash-Key-Id"));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    public async Task A_key_that_nobody_was_given_answers_401(string scheme)
    {
        var api = await StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, NobodysKey);

        var reply = await api.GetAsync("/api/social/posts");

        Assert.Equal((401, "unauthorized"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_key_without_the_scope_answers_403_and_names_it()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("read");

        var reply = await api.PostAsync("/api/social/post", new { text = "Hello", accountIds = new[] { "a" } });

        Assert.Equal((403, "missing_scope"), (reply.Status, reply.Code));
        Assert.Contains("operate", reply.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_does_not_imply_the_other_scopes()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("admin");

        var reply = await api.GetAsync("/api/social/posts");

        Assert.Equal(403, reply.Status);
    }

    [Theory]
    [InlineData("/api/social/posts")]
    [InlineData("/api/social/posts?limit=0")]
    public async Task A_verified_request_tells_the_proxy_whose_key_it_was(string path)
    {
        var api = await StartAsync();
        var keyId = await api.UseKeyAsync("read");

        var reply = await api.GetAsync(path);

        Assert.Equal(keyId.ToString(), reply.Message.Headers.GetValues("X-HotDash-Key-Id").Single());
    }

    [Fact]
    public async Task While_the_store_is_away_the_answer_is_neither_yes_nor_no()
    {
        await using var api = await ApiUnderTest.StartAsync("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1", Wire);
        api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", NobodysKey);

        var reply = await api.GetAsync("/api/social/posts");

        Assert.Equal((503, "store_unavailable"), (reply.Status, reply.Code));
        Assert.NotNull(reply.Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task Alive_needs_no_key()
    {
        var api = await StartAsync();
        api.Http.DefaultRequestHeaders.Authorization = null;

        using var reply = await api.Http.GetAsync("/alive", Ct);

        Assert.True(reply.IsSuccessStatusCode);
    }
}
