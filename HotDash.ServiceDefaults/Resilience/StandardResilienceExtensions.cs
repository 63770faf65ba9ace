using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class StandardResilienceExtensions
{
    /// <summary>
    /// Puts the five layers of <see cref="HttpStandardResilienceOptions"/> around every attempt of the client. A client has one
    /// such handler at most: calling this again configures it, so attempts never multiply.
    /// </summary>
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder, Action<HttpStandardResilienceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        services.AddMetrics();
        services.TryAddSingleton<ResilienceTelemetry>();
        services.TryAddSingleton<StandardPipelines>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<HttpStandardResilienceOptions>, HttpStandardResilienceOptionsValidator>());
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider =>
            new StandardResilienceSetup(builder.Name, provider.GetRequiredService<StandardPipelines>()));

        return new PipelineBuilder(StandardPipelines.NameFor(builder.Name), services).Configure(configure ?? (_ => { }));
    }

    /// <summary>Leaves the client as if <see cref="AddStandardResilienceHandler"/> had never been called, its time-out of 100 s included.</summary>
    public static IHttpClientBuilder RemoveAllResilienceHandlers(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.Configure<HttpClientFactoryOptions>(builder.Name, StandardResilienceSetup.Remove);

        return builder;
    }

    private sealed record PipelineBuilder(string? PipelineName, IServiceCollection Services) : IHttpStandardResiliencePipelineBuilder;
}
