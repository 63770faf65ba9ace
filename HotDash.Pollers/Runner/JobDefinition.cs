using System.Text.Json;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Runner;

/// <summary>What the runner knows about a kind of job. <see cref="Every"/> is null for a job that is enqueued.</summary>
internal sealed record JobDefinition(
    string Kind, TimeSpan? Every, TimeSpan Timeout, Func<IServiceProvider, string, JobContext, CancellationToken, Task<JobOutcome>> RunAsync)
{
    public static JobDefinition For<TJob, TPayload>(string kind, TimeSpan timeout) where TJob : class, IJob<TPayload> =>
        new(kind, null, timeout, (services, payload, context, ct) =>
            services.GetRequiredService<TJob>().RunAsync(Read<TPayload>(payload), context, ct));

    public static JobDefinition ForRecurring<TJob>(string kind, TimeSpan every, TimeSpan timeout) where TJob : class, IRecurringJob =>
        new(kind, every, timeout, (services, _, context, ct) => services.GetRequiredService<TJob>().RunAsync(context, ct));

    /// <summary>For what is a single call, which is all of the job.</summary>
    public static JobDefinition ForCall<TService>(string kind, TimeSpan every, TimeSpan timeout, Func<TService, CancellationToken, Task> call) where TService : class =>
        new(kind, every, timeout, async (services, _, _, ct) =>
        {
            await call(services.GetRequiredService<TService>(), ct);
            return JobOutcome.Done;
        });

    private static TPayload Read<TPayload>(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<TPayload>(payload, JobJson.Options) ?? throw new UnreadablePayloadException(typeof(TPayload), null);
        }
        catch (JsonException e)
        {
            throw new UnreadablePayloadException(typeof(TPayload), e);
        }
    }
}

/// <summary>The stored payload is not what the job expects; no later run will change that.</summary>
internal sealed class UnreadablePayloadException(Type type, JsonException? inner)
    : Exception($"The payload is no {type.Name}{(inner?.Path is { } path ? $" (at {path})" : "")}.", inner);
