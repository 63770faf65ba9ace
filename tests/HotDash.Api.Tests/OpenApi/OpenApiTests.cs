using HotDash.TestKit;

namespace HotDash.Api.Tests.OpenApi;

public sealed class OpenApiTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task Every_endpoint_is_in_the_document_with_its_refusals()
    {
        var api = await StartAsync();
        var mapped = MappedRoutes.Of(api).Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal) && route.Path != "/api/openapi.json").ToList();

        var paths = (await api.GetAsync("/api/openapi.json")).Json.GetProperty("paths");

        Assert.NotEmpty(mapped);
        Assert.All(mapped, route =>
        {
            var operation = paths.GetProperty(route.Path).GetProperty(route.Method.ToLowerInvariant());
            Assert.Contains("Needs the scope", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            foreach (var status in (string[])["401", "403", "500", "503"])
                Assert.True(operation.GetProperty("responses").GetProperty(status).GetProperty("content").TryGetProperty("application/problem+json", out _));
        });
    }
}
