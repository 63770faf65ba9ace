using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.ControlPlane.Flags;

/// <summary>Flags that are old still serve, so this is never worse than degraded.</summary>
internal sealed class FlagHealth(FlagBoard board) : IHealthCheck
{
    /// <summary>After several looks in vain.</summary>
    private static readonly TimeSpan Old = FlagWatch.Every * 4;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(board.Age switch
        {
            null => HealthCheckResult.Degraded("The flags were never read: those of integrations have their defaults, the others are off."),
            { } age when age > Old => HealthCheckResult.Degraded($"The flags are those of {age.TotalSeconds:0} s ago: the store does not answer."),
            _ => HealthCheckResult.Healthy(),
        });
}
