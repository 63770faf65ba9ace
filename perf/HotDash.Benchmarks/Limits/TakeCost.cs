using System.Diagnostics;
using HotDash.ControlPlane;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.Benchmarks.Limits;

/// <summary>What a call pays for its token.</summary>
internal static class TakeCost
{
    private const int Takes = 1_000_000;

    public static async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new PostgresFixture();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:hotdash"] = await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, ct),
            ["DATA_PROTECTION_KEY"] = "no data protection here",
            ["Integrations:Limits:publer"] = "100000000/1s",
        });
        builder.AddControlPlane();
        builder.Services.AddPubler();
        using var host = builder.Build();
        var budget = host.Services.GetRequiredService<ITokenBudget>();

        for (var round = 0; round < 3; round++)
            await MeasureAsync(budget, report: round == 2 ? report : null, ct);
        await ((IAsyncDisposable)budget).DisposeAsync();
    }

    private static async Task MeasureAsync(ITokenBudget budget, Report? report, CancellationToken ct)
    {
        while (await budget.TryTakeAsync("publer", 10_000_000, ct) is { } wait) // has the hand filled
            await Task.Delay(wait, ct);

        var (bytes, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var refused = 0;
        for (var take = 0; take < Takes; take++)
            refused += (await budget.TryTakeAsync("publer", 1, ct)).HasValue ? 1 : 0;

        var time = Stopwatch.GetElapsedTime(began).TotalNanoseconds / Takes;
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)Takes;
        report?.AtMost("taking a token", time, "ns", 1000);
        report?.AtMost("allocated by it", allocated, "B", 0.5);
        report?.AtMost("of a million wishes, refused", refused, "", 0);
    }
}
