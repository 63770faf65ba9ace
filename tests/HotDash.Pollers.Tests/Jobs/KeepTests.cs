using System.Net;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Snapshots;
using HotDash.Integrations;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs;

public sealed class KeepTests(PostgresFixture postgres)
{
    private const string Empty = """{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}""";

    /// <summary>Every job that keeps snapshots.</summary>
    private static readonly string[] Kinds =
    [
        "support.keep-conversations", "commerce.keep-orders", "commerce.keep-inventory",
        "analytics.keep-google", "analytics.keep-plausible", "analytics.keep-searches",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_and_stock_are_kept_under_the_question_that_callers_ask_most()
    {
        using var shopify = new StubProvider()
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"orders":{{{Empty}}} } }""")
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"inventoryItems":{{{Empty}}} } }""");
        await using var pollers = await BuildAsync(shopify, live: true);

        await RunAsync(pollers, "commerce.keep-orders");
        await RunAsync(pollers, "commerce.keep-inventory");

        var snapshots = pollers.Services.GetRequiredService<SnapshotStore>();
        Assert.NotNull(await snapshots.GetAsync("commerce/orders/v1/50", Ct));
        Assert.NotNull(await snapshots.GetAsync("commerce/inventory/v1/50", Ct));
    }

    [Fact]
    public async Task A_failure_is_told_to_the_runner_and_keeps_what_was_there()
    {
        using var shopify = new StubProvider()
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"orders":{{{Empty}}} } }""")
            .Replies(HttpStatusCode.ServiceUnavailable);
        await using var pollers = await BuildAsync(shopify, live: true);
        await RunAsync(pollers, "commerce.keep-orders");

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => RunAsync(pollers, "commerce.keep-orders"));

        Assert.Equal(IntegrationCodes.Unavailable, failure.Code);
        Assert.NotNull(await pollers.Services.GetRequiredService<SnapshotStore>().GetAsync("commerce/orders/v1/50", Ct));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_called_or_kept()
    {
        using var shopify = new StubProvider();
        await using var pollers = await BuildAsync(shopify, live: false);

        foreach (var kind in Kinds)
            await RunAsync(pollers, kind);

        Assert.Empty(shopify.Requests);
        Assert.Null(await pollers.Services.GetRequiredService<SnapshotStore>().GetAsync("commerce/orders/v1/50", Ct));
    }

    private static Task<JobOutcome> RunAsync(WebApplication pollers, string kind) =>
        pollers.Services.GetRequiredService<JobRegistry>().Find(kind)!.RunAsync(pollers.Services, "", null!, Ct);

    /// <summary>The pollers' own services, with a stub as Shopify; nothing runs by itself.</summary>
    private async Task<WebApplication> BuildAsync(StubProvider shopify, bool live)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:hotdash", await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, Ct)),
            new("DATA_PROTECTION_KEY", "0123456789abcdef"),
            new("SHOPIFY_SHOP", "winter-mugs"),
            new("SHOPIFY_ACCESS_TOKEN", live ? "shopify-test-token" : null),
        ]);
        builder.AddHotDashPollers();
        builder.Services.AddHttpClient("shopify").ConfigurePrimaryHttpMessageHandler(() => shopify);

        return builder.Build();
    }
}
