using HotDash.Integrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace HotDash.Benchmarks.Resilience;

/// <summary>An integration as hosts register it, with a wire of the benchmark's choice.</summary>
internal sealed class OurLayers : IDisposable
{
    private const string Key = "benchmark";

    private readonly ServiceProvider _services;
    private readonly CallPipeline _pipeline;

    /// <param name="wire">Null for a real one.</param>
    public OurLayers(HttpMessageHandler? wire, string address = "http://127.0.0.1:1/", string key = "none")
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("BENCHMARK_BASE_URL", address), new("BENCHMARK_KEY", key)]).Build());
        services.AddIntegration<Client, Options>(Key);
        var client = services.AddHttpClient(Key).RemoveAllLoggers();
        if (wire is not null)
            client.ConfigurePrimaryHttpMessageHandler(() => wire);

        _services = services.BuildServiceProvider();
        Http = _services.GetRequiredService<Client>().Http;
        _pipeline = _services.GetRequiredKeyedService<CallPipeline>(Key);
    }

    public ProviderHttp Http { get; }

    public ValueTask CallAsync(CancellationToken ct) => CallAsync("things", ct);

    public async ValueTask CallAsync(string path, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, path);
        await Http.SendAsync("get-things", request, ct);
    }

    public void OpenBreaker()
    {
        var breaker = _services.GetRequiredService<IBreakers>()[Key];
        while (breaker.State is BreakerState.Closed)
            breaker.Failed(breaker.TryEnter()!);
    }

    /// <summary>The layers alone, as the handler asks them.</summary>
    public async ValueTask RefusedAsync(ProviderRequest call, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        var outcome = await _pipeline.ExecuteAsync(static (_, _) => throw new InvalidOperationException("The breaker is not open."), context, call, 0);
        ResilienceContextPool.Shared.Return(context);

        if (outcome.Exception is not CallRefusedException)
            throw new InvalidOperationException("The breaker is not open.");
    }

    public void Dispose() => _services.Dispose();

    internal sealed class Client(ProviderHttp http)
    {
        public ProviderHttp Http => http;
    }

    internal sealed class Options() : IntegrationOptions(OurLayers.Key, OurLayers.Key)
    {
        private string? _key;

        public override IReadOnlyList<Operation> Operations { get; } = [Operation.Reads("get-things")];

        internal override void Bind(IntegrationSettings settings)
        {
            BaseAddress = settings.Address("BENCHMARK_BASE_URL");
            _key = settings.Credential("BENCHMARK_KEY");
            BindCommon(on: true, []);
        }

        internal override void Authorize(HttpClient http) => http.DefaultRequestHeaders.Add("apikey", _key);
    }
}
