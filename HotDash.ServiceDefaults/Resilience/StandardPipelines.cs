using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>One pipeline a client, for as long as the process lives: handlers come and go every two minutes, a breaker must not.</summary>
internal sealed class StandardPipelines(
    IOptionsFactory<HttpStandardResilienceOptions> options, ResilienceTelemetry telemetry, TimeProvider? clock = null)
{
    private readonly ConcurrentDictionary<string, Lazy<StandardPipeline>> _pipelines = new(StringComparer.Ordinal);

    /// <summary>A null client stands for all of them.</summary>
    public static string? NameFor(string? client) => client is null ? null : $"{client}-standard";

    public StandardPipeline For(string client) => _pipelines.GetOrAdd(client, Create).Value;

    private Lazy<StandardPipeline> Create(string client) => new(() =>
    {
        var name = NameFor(client)!;

        return StandardPipeline.Build(name, options.Create(name), telemetry, clock ?? TimeProvider.System);
    });
}
