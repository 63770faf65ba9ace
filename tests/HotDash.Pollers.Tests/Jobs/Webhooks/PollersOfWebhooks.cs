using System.Net;
using Dapper;
using HotDash.ControlPlane.Jobs;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Webhooks;

/// <summary>The pollers' own services, with stubs as Chatwoot and Shopify; nothing runs by itself.</summary>
internal sealed class PollersOfWebhooks : IAsyncDisposable
{
    private readonly WebApplication _pollers;

    private PollersOfWebhooks(WebApplication pollers) => _pollers = pollers;

    public StubProvider Chatwoot { get; } = new();

    public StubProvider Shopify { get; } = new();

    public IServiceProvider Services => _pollers.Services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PollersOfWebhooks> BuildAsync(PostgresFixture postgres, string? publicAddress = "https://hotdash.example", string? keys = "test-key")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:hotdash", await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, Ct)),
            new("DATA_PROTECTION_KEY", "0123456789abcdef"),
            new("Webhooks:PublicAddress", publicAddress),
            new("CHATWOOT_BASE_URL", "https://chatwoot.example"), new("CHATWOOT_API_KEY", keys), new("CHATWOOT_ACCOUNT_ID", "1"),
            new("Integrations:chatwoot:Timeouts:Attempt", "1m"), new("Integrations:shopify:Timeouts:Attempt", "1m"), // a slow machine is no slow provider
            new("SHOPIFY_SHOP", "winter-mugs"), new("SHOPIFY_ACCESS_TOKEN", keys),
        ]);
        builder.AddHotDashPollers();
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());

        PollersOfWebhooks? made = null;
        builder.Services.AddHttpClient("chatwoot").ConfigurePrimaryHttpMessageHandler(() => made!.Chatwoot);
        builder.Services.AddHttpClient("shopify").ConfigurePrimaryHttpMessageHandler(() => made!.Shopify);
        return made = new(builder.Build());
    }

    public Task<JobOutcome> RunAsync(string kind, string payload = "") => Services.GetRequiredService<JobRegistry>().Find(kind)!.RunAsync(Services, payload, null!, Ct);

    public async Task ExecuteAsync(string sql) => await TextAsync(sql);

    public async Task<string> TextAsync(string sql, object? parameters = null)
    {
        await using var connection = await Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct);
        return (await connection.ExecuteScalarAsync<object>(sql, parameters))?.ToString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await _pollers.DisposeAsync();
        Chatwoot.Dispose();
        Shopify.Dispose();
    }
}

internal static class PlannedReplies
{
    public static StubProvider Answers(this StubProvider provider, params string[] bodies)
    {
        foreach (var body in bodies)
            provider.Replies(HttpStatusCode.OK, body);

        return provider;
    }
}
