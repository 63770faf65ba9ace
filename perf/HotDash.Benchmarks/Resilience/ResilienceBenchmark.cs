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
        using var bareHttp = new HttpClient(new Answers()) { BaseAddress = new("http://127.0.0.1:1/") };
        using var pollyHttp = new HttpClient(new PollyHandler(meter, new Answers())) { BaseAddress = bareHttp.BaseAddress };
        using var layers = new OurLayers(new Answers());
        var bare = new Measured("bare handler", token => GetAsync(bareHttp, "things", token));
        var polly = new Measured("Polly's five strategies", token => GetAsync(pollyHttp, "things", token));
        var ours = new Measured("ours, with the outcome recorded", layers.CallAsync);

        await Measured.RoundsAsync(9, 100_000, ct, bare, polly, ours);

        report.Figure($"{bare.Name}: time", bare.Time, "ns");
        report.Figure($"{bare.Name}: allocated", bare.Bytes, "B");
        report.Figure($"{polly.Name}: time", polly.Time, "ns");
        report.Figure($"{polly.Name}: allocated", polly.Bytes, "B");
        report.AtMost($"{ours.Name}: time", ours.Time, "ns", goal: polly.Time);
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

        report.AtMost($"{refused.Name}: time", refused.Time, "ns", goal: 200);
        report.AtMost($"{refused.Name}: allocated", refused.Bytes, "B", goal: 0);
        report.Figure(thrown.Name, thrown.Time, "ns");
    }

    /// <summary>A page of ideas from the sandbox, over loopback: nothing that a provider answers comes sooner.</summary>
    private static async Task OverHttpAsync(Report report, Meter meter, CancellationToken ct)
    {
        const string Path = "supabase/rest/v1/idea_pool?select=*&limit=20";
        using var sandbox = await SandboxProcess.StartAsync(ct);
        using var bareHttp = Client(sandbox, new SocketsHttpHandler());
        using var pollyHttp = Client(sandbox, new PollyHandler(meter, new SocketsHttpHandler()));
        using var layers = new OurLayers(wire: null, sandbox.Address.ToString(), SandboxProcess.Key);
        var bare = new Measured("a call of the sandbox, bare", token => GetAsync(bareHttp, Path, token));
        var polly = new Measured("a call of the sandbox, Polly's five strategies", token => GetAsync(pollyHttp, Path, token));
        var ours = new Measured("a call of the sandbox, ours", token => layers.CallAsync(Path, token));

        await Measured.RoundsAsync(15, 2_000, ct, bare, polly, ours);

        report.Figure($"{bare.Name}: time", bare.Time / 1000, "µs");
        report.Figure($"{polly.Name}: time", polly.Time / 1000, "µs");
        report.Figure($"{ours.Name}: time", ours.Time / 1000, "µs");
        report.AtMost("added to the call", (ours.Time - bare.Time) / bare.Time * 100, "%", goal: 3);
    }

    private static HttpClient Client(SandboxProcess sandbox, HttpMessageHandler wire) =>
        new(wire) { BaseAddress = sandbox.Address, DefaultRequestHeaders = { { "apikey", SandboxProcess.Key } } };

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
