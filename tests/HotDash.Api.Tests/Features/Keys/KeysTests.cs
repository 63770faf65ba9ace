using System.Net.Http.Headers;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Keys;

public sealed class KeysTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    [Fact]
    public async Task A_new_key_is_shown_once_and_works()
    {
        var api = await StartAsync();

        var made = await api.PostAsync("/api/keys", new { name = "reader", scopes = new[] { "read" } });
        var listed = await api.GetAsync("/api/keys");
        api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text("token"));
        var used = await api.GetAsync("/api/social/posts");

        Assert.Equal((201, 200), (made.Status, used.Status));
        Assert.Contains(listed.Json.GetProperty("keys").EnumerateArray(), key => key.GetProperty("id").GetString() == made.Text("id"));
        Assert.DoesNotContain(made.Text("token")!, listed.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_stops_working_and_revoking_it_again_is_harmless()
    {
        var api = await StartAsync();
        var made = await api.PostAsync("/api/keys", new { name = "reader", scopes = new[] { "read" } });

        var revoked = await api.PostAsync($"/api/keys/{made.Text("id")}/revoke", new { });
        var again = await api.PostAsync($"/api/keys/{made.Text("id")}/revoke", new { });
        api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text("token"));
        var used = await api.GetAsync("/api/social/posts");

        Assert.Equal((204, 204, 401), (revoked.Status, again.Status, used.Status));
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("0199e0a0-0000-7000-8000-000000000000")]
    public async Task Revoking_a_key_that_does_not_exist_is_a_404(string id)
    {
        var api = await SharedAsync();

        var reply = await api.PostAsync($"/api/keys/{id}/revoke", new { });

        Assert.Equal((404, "not_found"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("""{"scopes":["read"]}""", "name")]
    [InlineData("""{"name":"x"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["everything"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":[null]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"cohort":"friends"}""", "cohort")]
    [InlineData("""{"name":"x","scopes":["read"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","scopes":["read"],"expiresAt":"2120-01-01T00:00:00"}""", "expiresAt")]
    public async Task A_key_that_cannot_be_is_refused_by_field(string body, string field)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync("/api/keys", body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task Keys_are_for_admins()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("read", "operate", "approve", "ingest");

        var reply = await api.GetAsync("/api/keys");

        Assert.Equal((403, "missing_scope"), (reply.Status, reply.Code));
    }
}
