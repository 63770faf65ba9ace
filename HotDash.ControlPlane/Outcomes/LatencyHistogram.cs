namespace HotDash.ControlPlane.Outcomes;

/// <summary>
/// Durations in classes whose upper bounds grow by a quarter (2^⅓) each, from 1 ms to 131 s, and one class beyond. Stored by number: the
/// bounds may not change.
/// </summary>
internal static class LatencyHistogram
{
    private const int ClassesPerDoubling = 3;
    private const int Doublings = 17;

    public const int Classes = (Doublings * ClassesPerDoubling) + 2;

    public static int ClassOf(TimeSpan duration) =>
        Math.Clamp((int)Math.Ceiling(Math.Log2(duration.TotalMilliseconds) * ClassesPerDoubling), 0, Classes - 1);

    public static TimeSpan UpperBound(int number) => TimeSpan.FromMilliseconds(Math.Pow(2, (double)number / ClassesPerDoubling));

    /// <returns>The duration that this share of the calls did not exceed, at most a quarter off; null when there were none.</returns>
    public static TimeSpan? Quantile(IReadOnlyList<long> counts, double share)
    {
        var rank = share * counts.Sum();
        if (rank == 0)
            return null;

        var (number, below) = (0, 0L);
        while (number < counts.Count - 1 && below + counts[number] < rank)
            below += counts[number++];

        return UpperBound(number) * Math.Pow(2, ((rank - below) / counts[number] - 1) / ClassesPerDoubling);
    }
}
