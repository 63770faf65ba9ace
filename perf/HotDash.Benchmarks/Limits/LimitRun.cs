namespace HotDash.Benchmarks.Limits;

/// <summary>One limit under full demand, then with a killed process, with one that is cut off from the store, and without a store.</summary>
internal sealed class LimitRun(string limit, int calls, TimeSpan window, double goal)
{
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(7); // and the margin, and the other processes' next exchange

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        report.Note($"{limit}, four processes:");
        await using var fleet = await Fleet.StartAsync(limit, ct);

        var began = Arrivals.Now;
        await Task.Delay(Full, ct);
        report.AtLeast("  used of the limit, of all windows' average", fleet.Arrivals.Average(window, began, Arrivals.Now) / calls, "", goal);

        await KillAsync(fleet, report, ct);
        await CutOffAsync(fleet, report, ct);
        await StopStoreAsync(fleet, report, ct);

        report.AtMost("  calls in the fullest window", fleet.Arrivals.Fullest(window), "", calls);
        report.AtMost("  calls that the sandbox refused", await fleet.Sandbox.CountViolationsAsync("publer", ct), "", 0);
    }

    private async Task KillAsync(Fleet fleet, Report report, CancellationToken ct)
    {
        var killed = Arrivals.Now;
        fleet.KillOne();
        while (await fleet.CountSharesAsync(ct) > 3)
            await Task.Delay(50, ct);
        report.AtMost("  killed: its tokens are back after", (Arrivals.Now - killed).TotalSeconds, "s", Lease.TotalSeconds);

        var from = Arrivals.Now;
        await Task.Delay((window * 2) + TimeSpan.FromSeconds(20), ct);
        report.AtLeast("  killed: used of the limit from then on", fleet.Arrivals.Average(window, from, Arrivals.Now) / calls, "", goal);
    }

    private async Task CutOffAsync(Fleet fleet, Report report, CancellationToken ct)
    {
        fleet.CutOffOne();
        await Task.Delay(Outage, ct);
        fleet.Mend();

        report.AtMost("  one cut off: calls in the fullest window so far", fleet.Arrivals.Fullest(window), "", calls);
        await Task.Delay(window + TimeSpan.FromSeconds(5), ct);
    }

    private async Task StopStoreAsync(Fleet fleet, Report report, CancellationToken ct)
    {
        var stopped = Arrivals.Now;
        await fleet.Store.StopAsync();
        await Task.Delay(Outage, ct);
        var back = Arrivals.Now;
        await fleet.Store.StartAsync(ct);
        await Task.Delay(window + TimeSpan.FromSeconds(20), ct);

        report.AtMost("  store stopped: calls sent past the lease", fleet.Arrivals.Count(stopped + Lease, back), "", 0);
        report.AtLeast("  store back: calls from then on", fleet.Arrivals.Count(back, Arrivals.Now), "", calls);
    }
}
