using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;

namespace HotDash.ServiceDefaults.Health;

/// <summary>A check that answers in time even when the real one ignores its token, and whose probes leave no spans.</summary>
internal sealed class BoundedHealthCheck(IHealthCheck check, TimeSpan limit, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(3);

    public static void BoundAll(HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var limit = registration.Timeout == Timeout.InfiniteTimeSpan ? DefaultLimit : registration.Timeout;
            var create = registration.Factory;

            registration.Timeout = Timeout.InfiniteTimeSpan;
            registration.Factory = services =>
                new BoundedHealthCheck(create(services), limit, services.GetService<TimeProvider>() ?? TimeProvider.System);
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            return await Task.Run(() => check.CheckHealthAsync(context, either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, $"No answer within {limit.TotalSeconds:0.###} s.");
        }
    }
}
