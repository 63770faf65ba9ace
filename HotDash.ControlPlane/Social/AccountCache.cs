namespace HotDash.ControlPlane.Social;

/// <summary>The last list of accounts, for this process.</summary>
internal sealed class AccountCache(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A list that lacks an account is believed only for so long: it may just have been connected. The same holds for what we had
    /// to make do with while the provider failed: not every request in an outage has to wait for it.
    /// </summary>
    private static readonly TimeSpan BrandNew = TimeSpan.FromSeconds(10);

    private volatile Entry? _entry;

    public KnownAccounts? Get(IReadOnlyCollection<string> accountIds)
    {
        if (_entry is not { } entry)
            return null;

        var believed = entry.Accounts.IsWhole && accountIds.All(entry.Accounts.ById.ContainsKey) ? Fresh : BrandNew;
        return clock.GetElapsedTime(entry.At) < believed ? entry.Accounts : null;
    }

    public void Put(KnownAccounts accounts) => _entry = new(accounts, clock.GetTimestamp());

    private sealed record Entry(KnownAccounts Accounts, long At);
}
