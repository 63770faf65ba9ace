namespace HotDash.Benchmarks.Approvals;

/// <summary>Something on which work gets caught at one place, so that there is time to kill somebody.</summary>
internal interface ISnag
{
    Task SetAsync(CancellationToken ct);

    /// <summary>Returns when something is caught.</summary>
    Task CatchAsync(CancellationToken ct);

    /// <summary>Lets it go, if it is still there.</summary>
    Task ReleaseAsync(CancellationToken ct);
}
