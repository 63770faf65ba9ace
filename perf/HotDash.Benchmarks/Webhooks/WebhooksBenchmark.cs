using System.Diagnostics;
using System.Threading.Channels;
using HotDash.Benchmarks.Processes;
using HotDash.TestKit;
using HotDash.TestWorker;
using Npgsql;

namespace HotDash.Benchmarks.Webhooks;

/// <summary>On a Postgres that flushes every commit to disk, as production does; the api is a process of its own, the sender is this one.</summary>
internal sealed class WebhooksBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private const int AtOnce = 32;
    private const int PerSecond = 500;
    private static readonly TimeSpan Paced = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(8);

    public string Title => "webhooks: how long until one is on disk and answered, and how many a second beside bare inserts";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new DurablePostgresFixture();
        (string Name, string Value)[] settings =
        [
            ("ConnectionStrings__hotdash", await postgres.CreateDatabaseAsync(ct)), ("DATA_PROTECTION_KEY", WorkerProcess.DataProtectionKey),
            ("Integrations__Mode", "mock"), ("SHOPIFY_WEBHOOK_SECRET", Sender.Secret),
        ];
        await MigrationsRun.RunAsync(settings, ct);
        using var api = await HotDashProcess.StartAsync("HotDash.Api", settings, ct);
        using var sender = new Sender(api.Address);
        await using var store = NpgsqlDataSource.Create(settings[0].Value);

        await RateAsync(Senders(sender), TimeSpan.FromSeconds(5), ct); // warms it
        var bare = new BareInsert(store);
        var connections = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => bare.OpenAsync(ct)));

        var webhooks = await Pace.KeepAsync(PerSecond, Paced, sender.SendAsync, ct);
        var inserts = await Pace.KeepAsync(PerSecond, Paced, InTurn(connections), ct);
        report.Figure($"{PerSecond} a second for {Paced.TotalSeconds} s: median", webhooks[webhooks.Length / 2], "ms");
        report.AtMost($"{PerSecond} a second for {Paced.TotalSeconds} s: p99", P99(webhooks), "ms", 50);
        report.Figure("bare one-row inserts as often: p99", P99(inserts), "ms");

        await CompareAsync(report, sender, connections, ct);
    }

    private static double P99(double[] times) => times[(int)(times.Length * 0.99)];

    /// <summary>Each on a connection that is free.</summary>
    private static Func<CancellationToken, Task> InTurn(Func<CancellationToken, Task>[] connections)
    {
        var free = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
        foreach (var connection in connections)
            free.Writer.TryWrite(connection);

        return async ct =>
        {
            var connection = await free.Reader.ReadAsync(ct);
            await connection(ct);
            free.Writer.TryWrite(connection);
        };
    }

    private static async Task CompareAsync(Report report, Sender sender, Func<CancellationToken, Task>[] connections, CancellationToken ct)
    {
        var (inserts, webhooks) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            inserts.Add(await RateAsync(connections, Burst, ct));
            webhooks.Add(await RateAsync(Senders(sender), Burst, ct));
        }

        report.Figure($"bare one-row inserts, {AtOnce} at once", Median(inserts), "/s");
        report.Figure($"webhooks answered, {AtOnce} at once", Median(webhooks), "/s");
        report.AtLeast("webhooks / bare inserts", Median(webhooks) / Median(inserts), "", 0.5);
    }

    private static IEnumerable<Func<CancellationToken, Task>> Senders(Sender sender) => Enumerable.Repeat<Func<CancellationToken, Task>>(sender.SendAsync, AtOnce);

    /// <returns>How often a second all of them together were done.</returns>
    private static async Task<double> RateAsync(IEnumerable<Func<CancellationToken, Task>> all, TimeSpan time, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(all.Select(async once =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(began) < time; count++)
                await once(ct);
            return count;
        }));

        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
