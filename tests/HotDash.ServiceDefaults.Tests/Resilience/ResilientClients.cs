using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace HotDash.ServiceDefaults.Tests.Resilience;

/// <summary>A client factory whose clients have the standard handler, a clock moved by hand and the given wire.</summary>
internal sealed class ResilientClients : IDisposable
{
    private readonly ServiceProvider _services;

    public ResilientClients(
        HttpMessageHandler wire, Action<HttpStandardResilienceOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.ConfigureHttpClientDefaults(http =>
        {
            http.ConfigurePrimaryHttpMessageHandler(() => wire);
            http.AddStandardResilienceHandler(options =>
            {
                options.Retry.UseJitter = false;
                configure?.Invoke(options);
            });
        });
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public IServiceProvider Services => _services;

    public HttpClient Create(string name = "parcels")
    {
        var client = _services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        client.BaseAddress = new("http://depot.example");

        return client;
    }

    public void Dispose() => _services.Dispose();
}
