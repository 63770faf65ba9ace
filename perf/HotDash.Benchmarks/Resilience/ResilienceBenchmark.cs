using System.Diagnostics.Metrics;
using HotDash.Benchmarks.Processes;
using HotDash.Integrations;

namespace HotDash.Benchmarks.Resilience;

/// <summary>What the layers around a call to a provider cost, side by side with Polly's own, with the same histograms recorded.</summary>
internal sealed class ResilienceBenchmark : IBenchmark
{
    public string Title => "what the layers around a provider call cost";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        using var listening = Listen();
        using var meter = new Meter("benchmark");

        await InMemoryAsync(report, meter, ct);
        await RefusedAsync(report, ct);
        await OverHttpAsync(report, meter, ct);
    }

    private static async Task InMemoryAsync(Report report, Meter meter, CancellationToken ct)
    {
        var nowhere = new Uri("http://127.0.0.1:1/");
        using var bareHttp = Client(nowhere, new Answers());
        using var pollyHttp = Client(nowhere, new PollyHandler(meter, new Answers()));
        using var layers = new OurLayers(new Answers());
        var bare = new Measured("bare handler", token => GetAsync(bareHttp, "things", token));
        var polly = new Measured("Polly's five strategies", token => GetAsync(pollyHttp, "things", token));
        var ours = new Measured("ours, with the outcome recorded", layers.CallAsync);

        await Measured.RoundsAsync(9, 100_000, ct, bare, polly, ours);

        report.Figure($"{bare.Name}: processor time", bare.Processor, "ns");
        report.Figure($"{bare.Name}: allocated", bare.Bytes, "B");
        report.Figure($"{polly.Name}: processor time", polly.Processor, "ns");
        report.Figure($"{polly.Name}: allocated", polly.Bytes, "B");
        report.AtMost($"{ours.Name}: processor time", ours.Processor, "ns", goal: polly.Processor);
        report.AtMost($"{ours.Name}: allocated", ours.Bytes, "B", goal: polly.Bytes);
    }

    private static async Task RefusedAsync(Report report, CancellationToken ct)
    {
        using var layers = new OurLayers(new Answers());
        layers.OpenBreaker();
        using var request = new ProviderRequest(HttpMethod.Get, "things");
        var refused = new Measured("breaker open", token => layers.RefusedAsync(request, token));
        var thrown = new Measured("breaker open, as the exception that a caller gets", token => ThrowsAsync(layers, token));

        await Measured.RoundsAsync(9, 1_000_000, ct, refused);
        await Measured.RoundsAsync(5, 10_000, ct, thrown);

        report.AtMost($"{refused.Name}: processor time", refused.Processor, "ns", goal: 200);
        report.AtMost($"{refused.Name}: allocated", refused.Bytes, "B", goal: 0);
        report.Figure(thrown.Name, thrown.Processor, "ns");
    }

    /// <summary>A page of ideas from the sandbox: at once, over loopback, sooner than any provider answers; and as late as one that is near.</summary>
    private static async Task OverHttpAsync(Report report, Meter meter, CancellationToken ct)
    {
        using var sandbox = await SandboxProcess.StartAsync(ct);
        using var bareHttp = Client(sandbox.Address, new SocketsHttpHandler());
        using var pollyHttp = Client(sandbox.Address, new PollyHandler(meter, new SocketsHttpHandler()));
        using var layers = new OurLayers(wire: null, sandbox.Address.ToString(), SandboxProcess.Key);

        await CompareAsync("a call of the sandbox", turns: 20_000);
        await sandbox.SetFaultsAsync([new { provider = "*", kind = "latency", delay = "20ms" }], ct);
        await CompareAsync("one answered after 20 ms", turns: 500);

        async Task CompareAsync(string what, int turns)
        {
            const string Path = "supabase/rest/v1/idea_pool?select=*&limit=20";
            var bare = new Measured("bare", token => GetAsync(bareHttp, Path, token));
            var polly = new Measured("Polly's five strategies", token => GetAsync(pollyHttp, Path, token));
            var ours = new Measured("ours", token => layers.CallAsync(Path, token));

            // They take turns call by call: who comes after whom decides which threads still spin, which costs more than the layers do.
            await Measured.RoundsAsync(turns, calls: 1, ct, bare, polly, ours);

            foreach (var variant in (Measured[])[bare, polly, ours])
                report.Figure($"{what}, {variant.Name}: median", variant.Time / 1000, "µs");
            report.AtMost($"{what}: added by ours", (ours.Time - bare.Time) / bare.Time * 100, "%", goal: 3);
        }
    }

    private static HttpClient Client(Uri address, HttpMessageHandler wire) =>
        new(wire) { BaseAddress = address, DefaultRequestHeaders = { { "apikey", SandboxProcess.Key } } };

    private static async ValueTask GetAsync(HttpClient http, string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var reply = await http.SendAsync(request, ct);
        reply.EnsureSuccessStatusCode();
    }

    private static async ValueTask ThrowsAsync(OurLayers layers, CancellationToken ct)
    {
        try
        {
            await layers.CallAsync(ct);
        }
        catch (CircuitBreakerOpenException)
        {
            // what is measured
        }
    }

    /// <summary>Somebody collects the metrics, as in production.</summary>
    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name is "benchmark" or "HotDash.Integrations")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.Start();
        return listener;
    }
}
