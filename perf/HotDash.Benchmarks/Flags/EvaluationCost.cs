using System.Diagnostics;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Flags;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.Benchmarks.Flags;

/// <summary>Ours and Microsoft.FeatureManagement, in turns.</summary>
internal static class EvaluationCost
{
    private const int Rounds = 15;
    private const int Calls = 500_000;

    private static readonly string[] Users = [.. Enumerable.Range(0, 1024).Select(i => $"user-{i}")];

    public static async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new PostgresFixture();
        using var host = await StartAsync(await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, ct), ct);
        var flags = host.Services.GetRequiredService<FlagBoard>();
        using var theirs = new TheirFlags();

        var plain = new Cost("plain flag, ours", i => flags.Evaluate("export_pdf").On);
        var split = new Cost("cohort and percentage, ours", i => flags.Evaluate("advanced_analytics", Users[i & 1023], "internal").On);
        var theirPlain = new Cost("plain flag, Microsoft.FeatureManagement", i => theirs.Plain());
        var theirSplit = new Cost("group and percentage, Microsoft.FeatureManagement", i => theirs.Split(Users[i & 1023]));

        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var cost in new[] { plain, split, theirPlain, theirSplit })
                cost.Round(cost == plain || cost == split ? Calls : Calls / 20, keep: round > 0);
        }

        plain.Judge(report, goal: 46);
        split.Judge(report, goal: 150);
        theirPlain.Tell(report);
        theirSplit.Tell(report);
        await host.StopAsync(ct);
    }

    private static async Task<IHost> StartAsync(string store, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", store), new("DATA_PROTECTION_KEY", "no data protection here")]);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.AddControlPlane().AddFlags();
        var host = builder.Build();
        await host.StartAsync(ct);
        return host;
    }

    /// <summary>One way to ask, and what it costs.</summary>
    private sealed class Cost(string name, Func<int, bool> ask)
    {
        private readonly List<double> _times = [];
        private readonly List<double> _bytes = [];

        private double Time => Median(_times);

        private double Bytes => Median(_bytes);

        public void Round(int calls, bool keep)
        {
            var (bytes, began, on) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp(), 0);
            for (var i = 0; i < calls; i++)
                on += ask(i) ? 1 : 0;

            var time = Stopwatch.GetElapsedTime(began).TotalNanoseconds;
            if (!keep || on < 0)
                return;

            _times.Add(time / calls);
            _bytes.Add(Math.Round((GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)calls));
        }

        public void Judge(Report report, double goal)
        {
            report.AtMost($"{name}: time", Time, "ns", goal);
            report.AtMost($"{name}: allocated", Bytes, "B", 0);
        }

        public void Tell(Report report)
        {
            report.Figure($"{name}: time", Time, "ns");
            report.Figure($"{name}: allocated", Bytes, "B");
        }

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }
}
