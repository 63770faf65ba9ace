using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>Holds a resource back until what it waits for is there.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications)
{
    public static IEnumerable<string> DependenciesOf(IResource resource) =>
        WaitsOf(resource).Select(w => w.Resource.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Why the resource waits in vain as things are, until a person does something; null while there is hope.</summary>
    public string? WhyInVain(IResource resource) => WaitsOf(resource).Where(IsInVain).Select(Explain).FirstOrDefault();

    /// <param name="changed">Is called when <see cref="WhyInVain"/> has another answer.</param>
    /// <exception cref="DependencyFailedException">A dependency failed, and the resource asked not to wait for better times.</exception>
    public async Task WaitAsync(IResource resource, Action changed, CancellationToken ct)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await foreach (var done in Task.WhenEach(WaitsOf(resource).Select(wait => WaitAsync(wait, changed, others.Token))))
                await done;
        }
        finally
        {
            await others.CancelAsync();
        }
    }

    private static IEnumerable<WaitAnnotation> WaitsOf(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Distinct();

    private async Task WaitAsync(WaitAnnotation wait, Action changed, CancellationToken ct)
    {
        while (true)
        {
            await UntilAsync(wait, () => IsSatisfied(wait) || IsInVain(wait), ct);
            if (IsSatisfied(wait))
                return;

            if (IsOver(wait))
                throw new DependencyFailedException(Explain(wait));

            changed();
            await UntilAsync(wait, () => !IsInVain(wait) || IsOver(wait), ct);
            changed();
        }
    }

    private Task<ResourceEvent> UntilAsync(WaitAnnotation wait, Func<bool> condition, CancellationToken ct) =>
        notifications.WaitForResourceAsync(wait.Resource.Name, _ => condition(), ct);

    private bool IsSatisfied(WaitAnnotation wait) => notifications.All(wait.Resource, s => wait.Type switch
    {
        WaitType.UntilHealthy => s.HealthStatus is HealthStatus.Healthy,
        _ => s.HasCompleted(wait.ExitCode),
    });

    private bool IsInVain(WaitAnnotation wait) => HasFailed(wait) || notifications.Any(wait.Resource, SnapshotStates.IsInVain);

    private bool IsOver(WaitAnnotation wait) => wait.Behavior is WaitBehavior.StopOnResourceUnavailable && HasFailed(wait);

    private bool HasFailed(WaitAnnotation wait) => notifications.Any(wait.Resource, s => wait.Type switch
    {
        WaitType.UntilCompletion => s.HasEnded() && !s.HasCompleted(wait.ExitCode),
        _ => s.HasEnded() || s.State?.Text == KnownResourceStates.RuntimeUnhealthy,
    });

    private string Explain(WaitAnnotation wait) => wait switch
    {
        _ when !HasFailed(wait) => $"'{wait.Resource.Name}', which has to come first, cannot start itself.",
        { Type: WaitType.UntilCompletion } =>
            $"'{wait.Resource.Name}', which had to complete first, ended otherwise: see its console log, then restart it and this one.",
        _ => $"'{wait.Resource.Name}', which had to run first, has ended: see its console log, then start it again.",
    };
}

internal sealed class DependencyFailedException(string message) : Exception(message);

internal static class SnapshotStates
{
    public static bool HasEnded(this CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text, StringComparer.Ordinal);

    public static bool HasCompleted(this CustomResourceSnapshot snapshot, int exitCode) =>
        snapshot.State?.Text == KnownResourceStates.Finished && snapshot.ExitCode == exitCode;

    /// <summary>It waits for what cannot come by itself.</summary>
    public static bool IsInVain(this CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Waiting && snapshot.FailureReason() is not null;

    public static string? FailureReason(this CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(p => p.Name == KnownProperties.FailureReason)?.Value as string;
}
