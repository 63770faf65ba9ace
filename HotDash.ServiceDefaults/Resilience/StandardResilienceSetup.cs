using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Adds the handler to one client, or (no name) to every client under its own name, so that each has its own breaker.</summary>
internal sealed class StandardResilienceSetup(string? client, StandardPipelines pipelines) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    public static void Remove(HttpClientFactoryOptions options)
    {
        RemoveOurs(options.HttpMessageHandlerBuilderActions);
        RemoveOurs(options.HttpClientActions);
    }

    public void Configure(HttpClientFactoryOptions options) => Configure(Options.Options.DefaultName, options);

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (client is not null && client != name)
        {
            return;
        }

        var actions = new Actions(pipelines, name ?? Options.Options.DefaultName);
        Remove(options);
        options.HttpMessageHandlerBuilderActions.Add(actions.AddHandler);
        options.HttpClientActions.Add(actions.SetTimeout);
    }

    private static void RemoveOurs<TDelegate>(IList<TDelegate> actions)
        where TDelegate : Delegate
    {
        foreach (var ours in actions.Where(action => action.Target is Actions).ToArray())
        {
            actions.Remove(ours);
        }
    }

    private sealed class Actions(StandardPipelines pipelines, string client)
    {
        // Outermost: whatever else the client has (service discovery above all) runs again for each attempt.
        public void AddHandler(HttpMessageHandlerBuilder builder) =>
            builder.AdditionalHandlers.Insert(0, new ResilienceHandler(pipelines.For(client)));

        // HttpClient reads a buffered body above the handlers. Its own time-out must outlast theirs, yet bound a body that stalls.
        public void SetTimeout(HttpClient http) => http.Timeout = pipelines.For(client).LongestCall;
    }
}
