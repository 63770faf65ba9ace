namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>Waits for conditions that other processes bring about. Every wait has an end, and says what it waited for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<T> GetAsync<T>(string what, Func<CancellationToken, Task<T?>> look, TimeSpan? patience = null)
        where T : class
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(patience ?? TimeSpan.FromMinutes(3));

        try
        {
            while (true)
            {
                if (await look(end.Token) is { } found)
                    return found;

                await Task.Delay(Pause, end.Token);
            }
        }
        catch (OperationCanceledException e) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain: {what}.", e);
        }
    }

    public static Task TrueAsync(string what, Func<CancellationToken, Task<bool>> condition, TimeSpan? patience = null) =>
        GetAsync(what, async ct => await condition(ct) ? "true" : null, patience);
}
