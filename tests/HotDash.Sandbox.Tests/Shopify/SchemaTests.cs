using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

using HotDash.Integrations;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Shopify.Changes;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>What the client sends and what the stand-in answers, held against Shopify's own schema by GraphQL's reference implementation.</summary>
public sealed class SchemaTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    /// <summary>Older than what HotDash takes.</summary>
    private const string Old = "2025-10";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Old)]
    [InlineData("2026-07")]
    [InlineData("2026-10")]
    public async Task Queries_and_answers_are_what_the_schema_says(string version)
    {
        var schema = Schema(version);
        Assert.SkipWhen(schema is null, "The official schemas (../shared/contracts) are not here.");
        var sandbox = await shared.FreshAsync();

        var exchanges = version is Old ? [] : await ExchangesAsync(sandbox);
        var changes = await ChangesAsync(sandbox, version);
        var (exit, said) = await CheckAsync(schema!, new JsonArray([.. exchanges.Concat(changes).Select(exchange => exchange!.DeepClone())]).ToJsonString());

        Assert.Equal(version is Old ? [] : Documents(), exchanges.Select(exchange => WithoutComment(exchange!["query"]!.GetValue<string>())).Distinct().Order(StringComparer.Ordinal));
        Assert.True(exit is 0, said);
    }

    [Fact]
    public async Task What_the_schema_does_not_know_is_found()
    {
        var schema = Schema("2026-07");
        Assert.SkipWhen(schema is null, "The official schemas (../shared/contracts) are not here.");

        var (query, _) = await CheckAsync(schema!, """[{"query":"{ shop { colour } }","variables":{},"data":{"shop":{"colour":"red"}}}]""");
        var (answer, _) = await CheckAsync(schema!, """[{"query":"{ shop { name } }","variables":{},"data":{"shop":{"name":null}}}]""");
        var (more, _) = await CheckAsync(schema!, """[{"query":"{ shop { name } }","variables":{},"data":{"shop":{"name":"Shop","id":"1"}}}]""");

        Assert.All([query, answer, more], exit => Assert.NotEqual(0, exit));
    }

    /// <summary>Every call of the client, with all of its variants.</summary>
    private static async Task<JsonArray> ExchangesAsync(SandboxUnderTest sandbox)
    {
        using var recorder = new Recorder();
        await using var services = sandbox.Clients(wires: [("shopify", recorder)]);
        var shopify = services.GetRequiredService<ShopifyClient>();

        await shopify.GetShopAsync(Cancellation);
        var orders = await shopify.ListOrdersAsync(new(), null, 100, Cancellation);
        await shopify.ListOrdersAsync(new(OrderStatus.Open, FinancialStatus.Paid, FulfillmentStatus.Partial, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), null, 5, Cancellation);
        await shopify.GetOrderAsync(orders.Items.Single(order => order.Name is "#1007").Id, Cancellation);
        await shopify.GetOrderAsync("gid://shopify/Order/0", Cancellation);
        await shopify.ListProductsAsync(new(ProductStatus.Active, "mug"), null, 5, Cancellation);
        await shopify.ListProductsAsync(new(), null, 100, Cancellation);
        await shopify.ListVariantsAsync(null, null, 100, Cancellation);
        await shopify.ListInventoryAsync(null, null, 25, Cancellation);
        await shopify.ListLocationsAsync(Cancellation);
        await shopify.SubscribeAsync("inventory_levels/update", new("https://hotdash.example/"), Cancellation);
        await Assert.ThrowsAsync<IntegrationException>(() => shopify.SubscribeAsync("inventory_levels/update", new("https://hotdash.example/"), Cancellation));
        await shopify.ListSubscriptionsAsync(new("https://hotdash.example/"), Cancellation);
        foreach (var change in new ShopChange[] { ShopChangeTests.Stock(to: 77), ShopChangeTests.Stock(delta: 1), ShopChangeTests.Prices(3, allowPartial: true), ShopChangeTests.Field("red"), ShopChangeTests.Field("blue") })
            await ShopChangeTests.SendAsync(services, await ShopChangeTests.PrepareAsync(services, change), Guid.CreateVersion7());
        return recorder.Exchanges;
    }

    /// <summary>Every mutation of the stand-in, with and without success.</summary>
    private static async Task<JsonArray> ChangesAsync(SandboxUnderTest sandbox, string version)
    {
        var exchanges = new JsonArray();
        foreach (var expected in new int?[] { null, 777 })
        {
            (string Query, JsonObject Variables)[] changes =
            [
                (Mutations.Adjust(Key($"a{expected}")), new() { ["input"] = Input("changes", "delta", expected) }),
                (Mutations.Set(Key($"s{expected}")), new() { ["input"] = Input("quantities", "quantity", expected) }),
                (Mutations.Variants, new() { ["product"] = MutationTests.Id("Product", expected ?? 1), ["variants"] = new JsonArray(new JsonObject { ["id"] = MutationTests.Id("ProductVariant", 1), ["price"] = "5" }) }),
                (Mutations.Metafields, new() { ["metafields"] = new JsonArray(new JsonObject { ["ownerId"] = MutationTests.Id("Product", expected ?? 1), ["key"] = "colour", ["type"] = "json", ["value"] = "1" }) }),
            ];
            foreach (var (query, variables) in changes)
            {
                var reply = await (await sandbox.ShopifyAsync(query, variables.DeepClone().AsObject(), version: version)).JsonAsync();
                exchanges.Add(new JsonObject { ["query"] = query, ["variables"] = variables, ["data"] = reply["data"]!.DeepClone() });
            }
        }

        return exchanges;

        string Key(string key) => version is "2025-10" ? "" : $"@idempotent(key: \"{key}\")";

        JsonObject Input(string list, string amount, int? expected) => (version, list) switch
        {
            ("2025-10", "changes") => MutationTests.Input(list, new() { [amount] = expected is null ? 1 : 2_000_000_000 }),
            ("2025-10", _) => MutationTests.Input(list, new() { [amount] = 1, ["compareQuantity"] = expected ?? 0 }),
            _ => MutationTests.Input(list, new() { [amount] = 1, ["changeFromQuantity"] = expected }),
        };
    }

    private static IEnumerable<string> Documents()
    {
        var assembly = typeof(ShopifyClient).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.EndsWith(".graphql", StringComparison.Ordinal) && !name.Contains(".schema", StringComparison.Ordinal))
            .Select(name => new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()).Order(StringComparer.Ordinal);
    }

    /// <summary>A change begins with what people saw.</summary>
    private static string WithoutComment(string document) => document is ['#', ..] ? document[(document.IndexOf('\n', StringComparison.Ordinal) + 1)..] : document;

    private static string? Schema(string version)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "contracts", "shopify", $"admin-{version}.introspection.json.gz");
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    private static async Task<(int Exit, string Said)> CheckAsync(string schema, string exchanges)
    {
        var modules = typeof(SchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key is "GraphQlJs").Value!;
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "graphql-js", "check.mjs"), schema])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = modules,
        })!;

        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Cancellation), node.StandardError.ReadToEndAsync(Cancellation));
        await node.StandardInput.WriteAsync(exchanges.AsMemory(), Cancellation);
        node.StandardInput.Close();
        await node.WaitForExitAsync(Cancellation);
        return (node.ExitCode, $"{await output}{await errors}");
    }

    private sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public JsonArray Exchanges { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
            var reply = await base.SendAsync(request, cancellationToken);
            await reply.Content.LoadIntoBufferAsync(cancellationToken);

            asked["data"] = JsonNode.Parse(await reply.Content.ReadAsStringAsync(cancellationToken))!["data"]!.DeepClone();
            Exchanges.Add(asked);
            return reply;
        }
    }
}
