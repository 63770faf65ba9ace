using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>Holds a resource back until what it waits for is there.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications)
{
    public static IEnumerable<string> DependenciesOf(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource.Name).Distinct(StringComparer.Ordinal);

    /// <exception cref="DependencyFailedException">It will never be there.</exception>
    public Task WaitAsync(IResource resource, CancellationToken ct) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Distinct().Select(wait => WaitAsync(wait, ct)));

    private async Task WaitAsync(WaitAnnotation wait, CancellationToken ct)
    {
        var name = wait.Resource.Name;
        await notifications.WaitForResourceAsync(name, _ => IsSatisfied(wait) || IsHopeless(wait), ct);

        if (IsHopeless(wait))
        {
            throw new DependencyFailedException(wait.Type is WaitType.UntilCompletion
                ? $"'{name}', which had to complete first, ended otherwise: see its console log, then restart it and this one."
                : $"'{name}', which had to run first, has ended: see its console log, then restart it and this one.");
        }
    }

    private bool IsSatisfied(WaitAnnotation wait) => notifications.All(wait.Resource, s => wait.Type switch
    {
        WaitType.UntilHealthy => s.HealthStatus is HealthStatus.Healthy,
        WaitType.UntilStarted => s.State?.Text == KnownResourceStates.Running || s.State?.Text == KnownResourceStates.Finished,
        _ => s.State?.Text == KnownResourceStates.Finished && s.ExitCode == wait.ExitCode,
    });

    private bool IsHopeless(WaitAnnotation wait) =>
        wait.Behavior is WaitBehavior.StopOnResourceUnavailable && notifications.Any(wait.Resource, s => wait.Type switch
        {
            WaitType.UntilCompletion => s.HasEnded() && !(s.State?.Text == KnownResourceStates.Finished && s.ExitCode == wait.ExitCode),
            WaitType.UntilStarted => s.HasEnded() && s.State?.Text != KnownResourceStates.Finished,
            _ => s.HasEnded() || s.State?.Text == KnownResourceStates.RuntimeUnhealthy,
        });
}

internal sealed class DependencyFailedException(string message) : Exception(message);

internal static class SnapshotStates
{
    public static bool HasEnded(this CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text, StringComparer.Ordinal);
}
