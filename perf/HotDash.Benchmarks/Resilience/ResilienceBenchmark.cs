using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Benchmarks.Resilience;

/// <summary>A call that succeeds at once, through the bare handler and through the five layers: the difference is ours.</summary>
internal sealed class ResilienceBenchmark : IBenchmark
{
    private const int Calls = 200_000;
    private const int Rounds = 7;

    public string Title => "what the standard handler adds to a call";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        using var bare = new HttpMessageInvoker(new Answers());
        await using var services = Services();
        using var standard = new HttpMessageInvoker(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("standard"));
        List<(double Time, double Bytes)> added = [];

        for (var round = 0; round <= Rounds; round++)
        {
            // Interleaved, so that a busy machine slows both.
            var without = await MeasureAsync(bare, ct);
            var with = await MeasureAsync(standard, ct);
            added.Add((with.Time - without.Time, with.Bytes - without.Bytes));
        }

        // The first round warms up.
        report.AtMost("added by the standard handler (median)", Median(added.Skip(1).Select(a => a.Time)), "ns", goal: 2000);
        report.AtMost("allocated by it", Median(added.Skip(1).Select(a => a.Bytes)), "B", goal: 1024);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpClient("standard").RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new Answers()).AddStandardResilienceHandler();

        return services.BuildServiceProvider();
    }

    private static async Task<(double Time, double Bytes)> MeasureAsync(HttpMessageInvoker client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://depot.example/");
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();

        for (var call = 0; call < Calls; call++)
        {
            await client.SendAsync(request, ct);
        }

        // Everything completes on this thread, so its counter sees all.
        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)Calls);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed class Answers : HttpMessageHandler
    {
        private static readonly Task<HttpResponseMessage> Fine = Task.FromResult(new HttpResponseMessage());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Fine;
    }
}
