using HotDash.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests.OpenApi;

public sealed class OpenApiTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task Every_endpoint_is_in_the_document_with_its_refusals()
    {
        var api = await StartAsync();
        var mapped = api.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && path.StartsWith("/api/", StringComparison.Ordinal) && path != "/api/openapi.json")
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => (Path: endpoint.RoutePattern.RawText!.TrimEnd('/'), Method: method.ToLowerInvariant())))
            .ToList();

        var paths = (await api.GetAsync("/api/openapi.json")).Json.GetProperty("paths");

        Assert.NotEmpty(mapped);
        Assert.All(mapped, endpoint =>
        {
            var operation = paths.GetProperty(endpoint.Path).GetProperty(endpoint.Method);
            Assert.Contains("Needs the scope", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            foreach (var status in (string[])["401", "403", "500", "503"])
                Assert.True(operation.GetProperty("responses").GetProperty(status).GetProperty("content").TryGetProperty("application/problem+json", out _));
        });
    }
}
