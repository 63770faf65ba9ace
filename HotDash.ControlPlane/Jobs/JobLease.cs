namespace HotDash.ControlPlane.Jobs;

/// <summary>
/// How long this process may still act for a job, by its own monotonic clock: counted from before the claim or renewal was
/// sent, so it always ends before the database gives the job to somebody else.
/// </summary>
internal sealed class JobLease(Guid jobId, long fence, TimeProvider clock)
{
    private long _end; // a timestamp of the clock; 0: nothing was granted, or it was lost

    public Guid JobId => jobId;

    public long Fence => fence;

    public TimeSpan Remaining
    {
        get
        {
            var left = Volatile.Read(ref _end) - clock.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : clock.GetElapsedTime(0, left);
        }
    }

    /// <summary>A renewal that began at <paramref name="began"/> was granted for <paramref name="length"/>.</summary>
    public void Renew(long began, TimeSpan length)
    {
        var end = began + (long)(length.TotalSeconds * clock.TimestampFrequency);
        Volatile.Write(ref _end, Math.Max(_end, end));
    }

    /// <summary>The lease is lost: nothing remains, whatever was granted before.</summary>
    public void Lose() => Volatile.Write(ref _end, 0);
}
