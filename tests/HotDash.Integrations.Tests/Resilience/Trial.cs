using HotDash.TestKit;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Resilience;

/// <summary>An integration of no provider, to try the layers with: a stub as the wire, time that a test moves, and waits without chance.</summary>
internal sealed class Trial : IAsyncDisposable
{
    public const string Key = "trial";

    private readonly ServiceProvider _services;

    public Trial(
        HttpMessageHandler wire, Attempts attempts = Attempts.Several, ITokenBudget? budget = null, Action<ResilienceOptions>? configure = null,
        IPauses? pauses = null)
    {
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IOutcomeSink>(Outcomes)
            .AddSingleton(budget ?? Tokens)
            .AddSingleton(pauses ?? new NoPauses())
            .AddIntegration<TrialClient, TrialOptions>(Key, attempts, resilience =>
            {
                resilience.Retry.Random = () => 1;
                configure?.Invoke(resilience);
            });
        collection.AddHttpClient(Key).ConfigurePrimaryHttpMessageHandler(() => wire);
        _services = collection.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new(FixedClock.Now);

    public CountingBudget Tokens { get; } = new();

    public OutcomeList Outcomes { get; } = new();

    public IBreakers Breakers => _services.GetRequiredService<IBreakers>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task GetAsync() => SendAsync("get-it", new(HttpMethod.Get, "things"));

    public Task PostAsync(HttpContent? content = null) => SendAsync("post-once", new(HttpMethod.Post, "things") { Content = content });

    public async Task SendAsync(string operation, ProviderRequest request)
    {
        using (request)
            await _services.GetRequiredService<TrialClient>().Provider.SendAsync(operation, request, Cancellation);
    }

    public static async Task<T> FailsAsync<T>(Task call)
        where T : IntegrationException => await Assert.ThrowsAsync<T>(() => call);

    /// <summary>Time passes once something waits for exactly this long.</summary>
    public Task PassAsync(double seconds) => Clock.PassAsync(TimeSpan.FromSeconds(seconds), Cancellation);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed class TrialClient(ProviderHttp provider)
    {
        public ProviderHttp Provider => provider;
    }

    private sealed class TrialOptions() : IntegrationOptions(Trial.Key, Trial.Key)
    {
        public override IReadOnlyList<Operation> Operations { get; } =
            [Operation.Reads("get-it"), Operation.WritesOnce("post-once", "nowhere"), Operation.WritesAgain("post-again", "it is a trial")];

        internal override void Bind(IntegrationSettings settings)
        {
            BaseAddress = new("https://trial.example/");
            BindCommon(on: true, []);
        }

        internal override void Authorize(HttpClient http)
        {
        }
    }
}
