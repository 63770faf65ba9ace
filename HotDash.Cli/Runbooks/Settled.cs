namespace HotDash.Cli.Runbooks;

/// <summary>Behind the proxy there are several processes, and each hears of a change by itself: one answer proves nothing.</summary>
internal static class Settled
{
    private const int InARow = 3;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks until several answers in a row are as wanted.</summary>
    /// <returns>After how long they were; null when they never were.</returns>
    public static async Task<TimeSpan?> WhenAsync(Func<CancellationToken, Task<bool>> isSo, TimeProvider clock, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var (row, since) = (0, TimeSpan.Zero);
        while (row < InARow)
        {
            var asked = clock.GetElapsedTime(began);
            if (asked > Patience)
                return null;

            (row, since) = await isSo(ct) ? (row + 1, row == 0 ? asked : since) : (0, since);
            if (row < InARow)
                await Task.Delay(Between, clock, ct);
        }

        return since;
    }
}
