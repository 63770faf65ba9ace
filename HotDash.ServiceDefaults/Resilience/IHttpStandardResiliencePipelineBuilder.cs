using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

public interface IHttpStandardResiliencePipelineBuilder
{
    /// <summary>The name of the options: <c>{client}-standard</c>, or null for the handler that all clients have by default.</summary>
    string? PipelineName { get; }

    IServiceCollection Services { get; }
}

public static class HttpStandardResiliencePipelineBuilderExtensions
{
    public static IHttpStandardResiliencePipelineBuilder Configure(
        this IHttpStandardResiliencePipelineBuilder builder, Action<HttpStandardResilienceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<HttpStandardResilienceOptions>(builder.PipelineName).ValidateOnStart();
        builder.Services.AddSingleton<IConfigureOptions<HttpStandardResilienceOptions>>(
            new ConfigureNamedOptions<HttpStandardResilienceOptions>(builder.PipelineName, configure));

        return builder;
    }

    public static IHttpStandardResiliencePipelineBuilder Configure(
        this IHttpStandardResiliencePipelineBuilder builder, IConfigurationSection section) => builder.Configure(section.Bind);
}
