using System.Net.Http.Json;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Support;

public sealed class LabelsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Categories = "/api/support/conversations/42/categories";

    [Fact]
    public async Task Categories_that_labels_stand_for_can_be_set_and_no_others()
    {
        var api = await StartAsync();
        await PutAsync(api, "/api/support/labels/shipping", new { category = "parcels" });
        await PutAsync(api, "/api/support/labels/shipping", new { category = "delivery" });

        var nothing = await api.GetAsync(Categories);
        var unknown = await PutAsync(api, Categories, new { categories = new[] { "delivery", "parcels" } });
        var set = await PutAsync(api, Categories, new { categories = new[] { "delivery", "delivery" } });
        var shown = await api.GetAsync(Categories);

        Assert.Equal((404, 400, 202), (nothing.Status, unknown.Status, set.Status));
        Assert.Contains("No label stands for parcels", unknown.Error("categories"), StringComparison.Ordinal);
        Assert.Equal("""{"conversationId":"42","categories":["delivery"],"labels":[],"waits":true,"failure":null}""", shown.Json.GetRawText());
        Assert.Equal("""{"labels":[{"label":"shipping","category":"delivery"}]}""", (await api.GetAsync("/api/support/labels")).Json.GetRawText());
        Assert.Equal(1, await CountAsync("jobs where kind = 'support.apply-labels'"));
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_field_by_field_and_only_operators_change_it()
    {
        var api = await StartAsync();

        var blank = await PutAsync(api, "/api/support/labels/shipping", new { category = " " });
        var none = await PutAsync(api, "/api/support/conversations/x/categories", new { });
        var missing = await api.Http.DeleteAsync("/api/support/labels/vip", Ct);
        await api.UseKeyAsync(ApiKeyScopes.Read);
        var reader = await PutAsync(api, "/api/support/labels/shipping", new { category = "delivery" });

        Assert.NotEmpty(blank.Error("category"));
        Assert.All(["id", "categories"], field => Assert.NotEmpty(none.Error(field)));
        Assert.Equal((404, 403), ((int)missing.StatusCode, reader.Status));
    }

    private static async Task<Reply> PutAsync(ApiUnderTest api, string path, object body) => await Reply.ReadAsync(await api.Http.PutAsJsonAsync(path, body, Ct));
}
