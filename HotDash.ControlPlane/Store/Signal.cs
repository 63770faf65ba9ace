namespace HotDash.ControlPlane.Store;

/// <summary>"Look again": any number of calls before the next wait are one.</summary>
internal sealed class Signal(TimeProvider clock)
{
    private TaskCompletionSource _set = New();

    public void Set() => Volatile.Read(ref _set).TrySetResult();

    /// <summary>Returns when set, after <paramref name="atMost"/>, or when cancelled; the caller looks in each case.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        await _set.Task.WaitAsync(atMost, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (_set.Task.IsCompleted)
            Volatile.Write(ref _set, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
