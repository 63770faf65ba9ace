using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs;

/// <summary>
/// The call of one attempt, begun just before the attempt is written down: it has ended by <paramref name="deadline"/> from then, wherever
/// it gets stuck, and nobody else can get the job until then. So another worker knows by the attempt's age alone that no call is under way.
/// </summary>
internal sealed class BoundedCall(TimeSpan deadline, JobContext context, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();

    /// <param name="tooLate">Returned when more than <paramref name="needed"/> is not left: nothing was called.</param>
    /// <param name="unanswered">Returned when the deadline ended the call.</param>
    public async Task<T> MakeAsync<T>(Func<CancellationToken, Task<T>> call, T tooLate, T unanswered, TimeSpan needed, CancellationToken ct)
    {
        var left = deadline - clock.GetElapsedTime(_began);
        if (left <= needed || context.RemainingLease < left)
            return tooLate;

        using var end = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return unanswered;
        }
    }
}
