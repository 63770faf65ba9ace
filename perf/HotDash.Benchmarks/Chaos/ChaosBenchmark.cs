using System.Diagnostics;

namespace HotDash.Benchmarks.Chaos;

/// <summary>
/// A thousand posts and a thousand notes through providers that reset connections, lose answers after the effect, answer late, and
/// are down for half a minute. What became of them is asked of the providers' own ledger.
/// </summary>
internal sealed class ChaosBenchmark : IBenchmark
{
    private const int Count = 1_000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntilDown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(200);

    /// <summary>After this an effect shows, also that of a call which nobody waits for any more.</summary>
    private static readonly TimeSpan Latest = Weather.TooLate + Stage.Lag;

    public string Title => "a thousand posts and notes through failing providers: none lost, none doubled";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var stage = await Stage.StartAsync(ct);
        IWrites[] kinds = [new Posts(stage), new Notes(stage)];
        foreach (var kind in kinds)
            await kind.PrepareAsync(ct);

        var weather = new Weather(stage.Sandbox);
        await weather.RoughAsync(ct);
        await using (var people = new People(stage, ct))
        {
            var writing = Task.WhenAll(kinds.Select(kind => Pace.KeepAsync(Count, Span, number => kind.WriteAsync($"{kind.Name} {number}", ct), ct)));
            var (from, to) = await GoDownAsync(weather, ct);
            await writing;
            report.Figure("everything is settled, after the providers were back", (await SettleAsync(kinds, ct) - to).TotalSeconds, "s");
            report.Figure("replays begun meanwhile", people.Replays, "");
            await weather.CalmAsync(ct);
            await Task.Delay(Latest, ct);

            foreach (var kind in kinds)
                await JudgeAsync(report, kind, ct);
            report.AtMost("latest that an effect shows, of the settle window", Latest.TotalSeconds, "s", Stage.SettleWindow.TotalSeconds);
            Judge(report, weather, await new Load(stage).CountAsync(from, to, ct));
        }
    }

    private static async Task<(DateTimeOffset From, DateTimeOffset To)> GoDownAsync(Weather weather, CancellationToken ct)
    {
        await Task.Delay(UntilDown, ct);
        var from = await Load.NextBucketAsync(ct);
        await weather.DownAsync(ct);
        await Task.Delay(from + Outage - DateTimeOffset.UtcNow, ct);
        await weather.RoughAsync(ct);

        return (from, from + Outage);
    }

    /// <summary>Waits until nothing is on its way, as long as anybody would.</summary>
    private static async Task<DateTimeOffset> SettleAsync(IWrites[] kinds, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Longest && (await Task.WhenAll(kinds.Select(kind => kind.CountOpenAsync(ct)))).Sum() > 0)
            await Task.Delay(TimeSpan.FromSeconds(1), ct);

        return DateTimeOffset.UtcNow;
    }

    private static async Task JudgeAsync(Report report, IWrites kind, CancellationToken ct)
    {
        var effects = (await kind.EffectsAsync(ct)).CountBy(text => text, StringComparer.Ordinal).ToList();
        var open = await kind.CountOpenAsync(ct);

        report.AtMost($"{kind.Name} lost of {Count}", Math.Max(0, Count - effects.Count - open), "", 0);
        report.AtMost($"{kind.Name} doubled", effects.Count(effect => effect.Value > 1), "", 0);
        report.AtMost($"{kind.Name} still on their way", open, "", 0);
    }

    private static void Judge(Report report, Weather weather, (long Calls, long Sent) asked)
    {
        report.Figure("calls while the providers were down", asked.Calls, "");
        report.AtMost("  requests for each", (double)weather.RequestsWhileDown / asked.Calls, "", 1.2);
        report.Figure("  requests for each that was sent at all", (double)weather.RequestsWhileDown / asked.Sent, "");
        foreach (var (what, count) in weather.Happened)
            report.Figure(what, count, "");
    }
}
