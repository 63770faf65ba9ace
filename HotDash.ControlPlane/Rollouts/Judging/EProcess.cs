using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>
/// Evidence against "the treatment does no harm", as the wealth of one who bets against it: 1 at the start, and never more than 1 on the average
/// while it is true. So it exceeds c with a probability of at most 1/c, looked at as often as one likes (Ville's inequality).
/// </summary>
/// <remarks>
/// The wealth is spread over several odds, and over the moments at which harm may begin: the k-th wager opens an account with 1/(k(k+1)) of it.
/// Harm after a long quiet time is so noticed almost as fast as at once.
/// </remarks>
internal sealed class EProcess
{
    /// <summary>Of each of the odds the logarithm of what the accounts hold together.</summary>
    public double[] Logs { get; init; } = [];

    /// <summary>Wagers so far.</summary>
    public long Wagers { get; set; }

    /// <summary>The natural logarithm of the wealth.</summary>
    [JsonIgnore]
    public double LogWealth => Wagers == 0 ? 0 : LogAdd(Mean(), -Math.Log(Wagers + 1));

    /// <summary>The most that <see cref="LogWealth"/> has been: an alarm stays one.</summary>
    public double Peak { get; set; }

    public static EProcess For(int odds) => new() { Logs = [.. Enumerable.Repeat(double.MinValue, odds)] };

    public void Take(Wager wager, IReadOnlyList<double> odds)
    {
        Wagers++;
        var opened = -Math.Log(Wagers) - Math.Log(Wagers + 1);
        for (var i = 0; i < Logs.Length; i++)
            Logs[i] = LogAdd(Logs[i], opened) + (wager.Hits * Math.Log(odds[i])) - wager.LogMean(odds[i]);
        Peak = Math.Max(Peak, LogWealth);
    }

    private double Mean()
    {
        var sum = Logs[0];
        for (var i = 1; i < Logs.Length; i++)
            sum = LogAdd(sum, Logs[i]);

        return sum - Math.Log(Logs.Length);
    }

    private static double LogAdd(double one, double other)
    {
        var (more, less) = one >= other ? (one, other) : (other, one);
        return more + Math.Log(1 + Math.Exp(less - more));
    }
}
