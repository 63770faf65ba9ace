using System.ComponentModel.DataAnnotations;

namespace HotDash.Pollers.Runner;

/// <summary>Bound from <c>Jobs</c>. The defaults let the jobs of a killed process run again within 10 s.</summary>
internal sealed class JobRunnerOptions
{
    /// <summary>Jobs that one process runs at once.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>How long a claim or renewal holds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest a process that was not woken waits before it looks for itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>At shutdown: how long running jobs may go on before they are cancelled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>At shutdown: how long cancelled jobs may take to give up. What gives up in time runs elsewhere at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan GiveUp { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>Three renewals may fail before a lease ends.</summary>
    public TimeSpan Renew => Lease / 4;
}
