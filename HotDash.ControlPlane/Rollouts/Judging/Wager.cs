namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>
/// How many of some treated calls were hits (errors, or slow), and how many there would be if the treatment did nothing. The likelihood
/// ratio for odds ψ is ψ^hits / E[ψ^X], X being that number without an effect: its mean is at most 1 then.
/// </summary>
/// <param name="Hits">Among the treated calls.</param>
/// <param name="LogMean">Of ψ, ln E[ψ^X].</param>
internal readonly record struct Wager(long Hits, Func<double, double> LogMean)
{
    /// <summary>
    /// Against other calls of the same time. Given how many hits both groups have together, X is hypergeometric, however often calls fail at that
    /// time (Fisher's exact test); with odds it is his noncentral distribution.
    /// </summary>
    /// <returns>Null when the counts can say nothing.</returns>
    public static Wager? Between(long treated, long hits, long untreated, long untreatedHits)
    {
        var all = hits + untreatedHits;
        if (treated == 0 || untreated == 0 || all == 0 || all == treated + untreated)
            return null;

        var (least, ways) = (Math.Max(0, all - untreated), Ways(treated, untreated, all));
        var without = LogSum(ways, least, 0);

        return new(hits, odds => LogSum(ways, least, Math.Log(odds)) - without);
    }

    /// <summary>Against the share of hits that is allowed: X is binomial with it, and with less the mean is lower still.</summary>
    public static Wager? Against(double allowed, long treated, long hits) => treated == 0
        ? null
        : new(hits, odds => treated * Math.Log(1 + (allowed * (odds - 1))));

    /// <summary>The logarithm of how many ways lead to each number of hits, up to a common factor.</summary>
    private static double[] Ways(long treated, long untreated, long all)
    {
        var least = Math.Max(0, all - untreated);
        var ways = new double[Math.Min(all, treated) - least + 1];
        for (var i = 1; i < ways.Length; i++)
        {
            var hits = least + i;
            ways[i] = ways[i - 1] + Math.Log((double)(treated - hits + 1) * (all - hits + 1) / ((double)hits * (untreated - all + hits)));
        }

        return ways;
    }

    private static double LogSum(double[] ways, long least, double logOdds)
    {
        var most = double.NegativeInfinity;
        for (var i = 0; i < ways.Length; i++)
            most = Math.Max(most, ways[i] + (i * logOdds));

        var sum = 0d;
        for (var i = 0; i < ways.Length; i++)
            sum += Math.Exp(ways[i] + (i * logOdds) - most);

        return most + Math.Log(sum) + (least * logOdds);
    }
}
