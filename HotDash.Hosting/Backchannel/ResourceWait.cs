using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Backchannel;

/// <summary>What <c>aspire wait</c> asks: until every instance is healthy, up (running) or down, or can no longer become so.</summary>
internal sealed class ResourceWait(ResourceDirectory directory, ResourceNotificationService notifications, TimeProvider time)
{
    internal sealed record Request(string ResourceName, string? Status, double TimeoutSeconds);

    internal sealed record Answer(
        bool Success, string? State, string? HealthStatus, bool ResourceNotFound = false, bool TimedOut = false, string? ErrorMessage = null);

    public async Task<Answer> WaitAsync(Request request, CancellationToken ct)
    {
        if (directory.Find(request.ResourceName) is not [var first, ..] instances)
        {
            return new(false, null, null, ResourceNotFound: true, ErrorMessage: $"There is no resource '{request.ResourceName}'.");
        }

        string[] ids = [.. instances.Select(e => e.ResourceId)];
        bool? reached = null;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(request.TimeoutSeconds, 1, 86_400)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            var seen = await notifications.WaitForResourceAsync(
                first.Resource.Name, _ => (reached = Judge(ids, request.Status)) is not null, either.Token);

            return AnswerOf(seen, reached is true, reached is true ? null : $"'{seen.ResourceId}' is {seen.Snapshot.State?.Text}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return AnswerOf(directory.Find(request.ResourceName)[0], success: false) with { TimedOut = true };
        }
    }

    /// <returns>Null while it is not decided.</returns>
    private bool? Judge(string[] ids, string? wanted)
    {
        CustomResourceSnapshot[] snapshots = [.. ids.SelectMany(directory.Find).Select(e => e.Snapshot)];

        return snapshots.All(s => Is(s, wanted)) ? true
            : wanted is not "down" && snapshots.Any(IsDown) ? false
            : null;
    }

    private static bool Is(CustomResourceSnapshot snapshot, string? wanted) => wanted switch
    {
        "down" => IsDown(snapshot),
        "up" => snapshot.State?.Text == KnownResourceStates.Running,
        _ => snapshot.HealthStatus is HealthStatus.Healthy,
    };

    private static bool IsDown(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state, StringComparer.Ordinal);

    private static Answer AnswerOf(ResourceEvent e, bool success, string? error = null) =>
        new(success, e.Snapshot.State?.Text, e.Snapshot.HealthStatus?.ToString(), ErrorMessage: error);
}
