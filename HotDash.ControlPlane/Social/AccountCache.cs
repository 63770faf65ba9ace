using HotDash.Integrations;

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

    /// <param name="state">Examples are no answer for one that is live, nor the other way round.</param>
    public KnownAccounts? Get(IntegrationState state, IReadOnlyCollection<string> accountIds)
    {
        if (_entry is not { } entry || entry.State != state)
            return null;

        var believed = entry.Accounts.IsWhole && accountIds.All(entry.Accounts.ById.ContainsKey) ? Fresh : BrandNew;
        return clock.GetElapsedTime(entry.At) < believed ? entry.Accounts : null;
    }

    public void Put(IntegrationState state, KnownAccounts accounts) => _entry = new(state, accounts, clock.GetTimestamp());

    private sealed record Entry(IntegrationState State, KnownAccounts Accounts, long At);
}
