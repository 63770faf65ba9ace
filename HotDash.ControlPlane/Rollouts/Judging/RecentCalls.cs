namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>The newest calls, between one sample and two of them: what went well hours ago does not hide what happens now.</summary>
internal sealed class RecentCalls
{
    public Block Newest { get; set; } = new(0, 0, 0, 0);

    public Block Before { get; set; } = new(0, 0, 0, 0);

    public void Add(CallCounts treated, CallCounts untreated, long sample)
    {
        if (Newest.Calls >= sample)
            (Before, Newest) = (Newest, new(0, 0, 0, 0));

        Newest = Newest.Plus(new(treated.Calls, treated.Errors, untreated.Calls, untreated.Errors));
    }

    public Block Sum() => Newest.Plus(Before);

    /// <summary>Of both groups.</summary>
    internal sealed record Block(long Calls, long Errors, long OtherCalls, long OtherErrors)
    {
        public Block Plus(Block other) => new(Calls + other.Calls, Errors + other.Errors, OtherCalls + other.OtherCalls, OtherErrors + other.OtherErrors);

        public bool Exceeds(double share) => Errors > share * Calls;

        public bool OthersExceed(double share) => OtherErrors > share * OtherCalls;
    }
}
