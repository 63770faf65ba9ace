using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>A host with every integration as production registers them, all live, and a stub in place of the wire.</summary>
internal sealed class Wired : IAsyncDisposable
{
    private readonly IHost _host;

    /// <param name="wire">Null for real connections.</param>
    public Wired(
        HttpMessageHandler? wire = null,
        Attempts attempts = Attempts.One,
        ITokenBudget? budget = null,
        TimeProvider? clock = null,
        ISwitches? switches = null,
        params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var layer in new[] { Live, settings })
            builder.Configuration.AddInMemoryCollection(layer.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));

        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.AddSingleton(clock ?? new FixedClock());
        builder.Services.AddSingleton<IOutcomeSink>(Outcomes);
        if (budget is not null)
            builder.Services.AddSingleton(budget);
        if (switches is not null)
            builder.Services.AddSingleton(switches);

        builder.Services.AddIntegrations(builder.Configuration, attempts);
        foreach (var provider in Providers.All)
        {
            provider.Prepare(builder.Services);
            if (wire is not null)
                builder.Services.AddHttpClient(provider.Key).ConfigurePrimaryHttpMessageHandler(() => wire);
        }

        _host = builder.Build();
    }

    /// <summary>What several integrations share is there once.</summary>
    public static (string Name, string? Value)[] Live { get; } =
    [
        ("Integrations:Mode", "live"),
        .. Providers.All.SelectMany(provider => provider.Settings).Distinct().Select(setting => (setting.Name, (string?)setting.Value)),
    ];

    public LogSink Logs { get; } = new();

    public OutcomeList Outcomes { get; } = new();

    public IServiceProvider Services => _host.Services;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>What this host let be seen so far.</summary>
    public void Show(Emitted emitted)
    {
        emitted.Add("log", Logs.Text);
        emitted.Add("outcome", string.Join(' ', Outcomes.All));
        emitted.Add("settings", string.Join(' ', Services.GetServices<IntegrationOptions>()));
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
