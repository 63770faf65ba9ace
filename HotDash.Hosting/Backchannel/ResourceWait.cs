using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
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
            return new(false, null, null, ResourceNotFound: true, ErrorMessage: $"There is no resource '{request.ResourceName}'.");

        string[] ids = [.. instances.Select(e => e.ResourceId)];
        Answer? answer = null;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(request.TimeoutSeconds, 1, 86_400)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await notifications.WaitForResourceAsync(
                first.Resource.Name, _ => (answer = Judge(ids, request.Status)) is not null, either.Token);

            return answer!;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return AnswerOf(directory.Find(request.ResourceName)[0], success: false) with { TimedOut = true };
        }
    }

    /// <summary>Judges all instances together, whichever of them changed: the answer names the one that decides.</summary>
    /// <returns>Null while it is not decided.</returns>
    private Answer? Judge(string[] ids, string? wanted)
    {
        ResourceEvent[] instances = [.. ids.SelectMany(directory.Find)];
        if (instances.All(e => Is(e.Snapshot, wanted)))
            return AnswerOf(instances[0], success: true);

        return wanted is not "down" && instances.FirstOrDefault(e => e.Snapshot.HasEnded() || e.Snapshot.IsInVain()) is { } lost
            ? AnswerOf(lost, success: false, Explain(lost))
            : null;
    }

    private static string Explain(ResourceEvent e) => $"'{e.ResourceId}' is {e.Snapshot.State?.Text}"
        + (e.Snapshot.FailureReason() is { } reason ? $": {reason}" : ".");

    private static bool Is(CustomResourceSnapshot snapshot, string? wanted) => wanted switch
    {
        "down" => snapshot.HasEnded(),
        "up" => snapshot.State?.Text == KnownResourceStates.Running,
        _ => snapshot.HealthStatus is HealthStatus.Healthy,
    };

    private static Answer AnswerOf(ResourceEvent e, bool success, string? error = null) =>
        new(success, e.Snapshot.State?.Text, e.Snapshot.HealthStatus?.ToString(), ErrorMessage: error);
}
