using HotDash.Benchmarks.Processes;

namespace HotDash.Benchmarks.Proxy;

/// <summary>
/// Requests a second through HotDash.Proxy, beside the same requests sent directly, through YARP alone and through nginx. Client, proxy and api
/// share this machine, so only the ratios of one run say something; rounds are interleaved and the middle one counts.
/// </summary>
internal sealed class ProxyBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private const int MostWarmUps = 8;
    private const double Steady = 1.05;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    public string Title => "requests through the proxy beside direct ones, YARP alone and nginx";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        var load = LoadClient.Find();
        report.Note(load.Name);

        await using var api = await BenchmarkApi.StartAsync(ct);
        using var bare = await HotDashProcess.StartAsync("HotDash.Proxy", ProxySettings.Bare(api.Address), ct);
        using var whole = await HotDashProcess.StartAsync("HotDash.Proxy", ProxySettings.LimitedAndTraced(api.Address), ct);
        using var yarp = await YarpProcess.StartAsync(api, ct);
        using var nginx = await NginxProcess.StartIfInstalledAsync(api, ct);

        List<Target> targets = [new("direct", api.Address), new("HotDash.Proxy, bare", bare.Address), new("HotDash.Proxy, limits and 5 % traced", whole.Address), new("YARP alone", yarp.Address)];
        if (nginx is not null)
            targets.Add(new("nginx", nginx.Address));

        await MeasureAsync(load, targets, ct);
        Print(report, targets);
    }

    private static async Task MeasureAsync(LoadClient load, List<Target> targets, CancellationToken ct)
    {
        foreach (var target in targets)
            await WarmUpAsync(load, target, ct);

        for (var round = 0; round < Rounds; round++)
            foreach (var target in targets)
                target.PerSecond.Add(await load.RunAsync(target.Address, Span, ct));
    }

    /// <summary>A server that compiles itself while it runs is measured once it stops getting faster.</summary>
    private static async Task WarmUpAsync(LoadClient load, Target target, CancellationToken ct)
    {
        var best = 0.0;
        for (var run = 0; run < MostWarmUps; run++)
        {
            var now = await load.RunAsync(target.Address, Span, ct);
            if (run > 1 && now < best * Steady)
                return;

            best = Math.Max(best, now);
        }
    }

    private static void Print(Report report, List<Target> targets)
    {
        foreach (var target in targets)
            report.Figure(target.Name, Middle(target.PerSecond), "req/s");

        report.Figure("bare / direct", Ratio(targets[1], targets[0]), "");
        report.Figure("bare / YARP alone", Ratio(targets[1], targets[3]), "");

        if (targets.Find(t => t.Name == "nginx") is { } nginx)
        {
            report.Figure("YARP alone / nginx", Ratio(targets[3], nginx), "");
            report.AtLeast("bare / nginx", Ratio(targets[1], nginx), "", 0.8);
            report.AtLeast("limits and 5 % traced / nginx", Ratio(targets[2], nginx), "", 0.5);
        }
        else
        {
            report.Note("nginx is not installed: the goals, which are ratios to it, were not judged.");
        }
    }

    private static double Ratio(Target one, Target other) => Middle([.. one.PerSecond.Zip(other.PerSecond, (a, b) => a / b)]);

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Target(string Name, Uri Address)
    {
        public List<double> PerSecond { get; } = [];
    }
}
