namespace HotDash.Pollers.Runner;

/// <summary>How long a job that threw waits: 1 s, doubled per attempt up to 10 minutes, a quarter more or less.</summary>
internal sealed class Backoff(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(10);

    public TimeSpan After(int attempt)
    {
        var wait = attempt > 10 ? Cap : First * Math.Pow(2, attempt - 1);
        return (wait < Cap ? wait : Cap) * (0.75 + random() / 2);
    }
}
