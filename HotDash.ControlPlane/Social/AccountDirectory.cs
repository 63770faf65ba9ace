using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Publer;

namespace HotDash.ControlPlane.Social;

/// <summary>The connected social accounts: the same for everybody, also while the integration is live for some only.</summary>
public sealed class AccountDirectory
{
    private readonly PublerClient _publer;
    private readonly PublerOptions _options;
    private readonly AccountCache _cache;
    private readonly ReadChain _chain;

    internal AccountDirectory(PublerClient publer, PublerOptions options, AccountCache cache, ReadChain chain) =>
        (_publer, _options, _cache, _chain) = (publer, options, cache, chain);

    /// <summary>Looks accounts up; the provider is asked again when one is missing from a list that is not brand-new.</summary>
    public async Task<KnownAccounts> FindAsync(IReadOnlyCollection<string> accountIds, CancellationToken ct)
    {
        using var everybody = CallUnit.Begin(unit: null);
        var state = _options.State;
        if (_cache.Get(state, accountIds) is { } cached)
            return cached;

        var answer = await _chain.AnswerAsync(_options, new Read<IReadOnlyList<PublerAccount>>
        {
            Live = _publer.ListAccountsAsync,
            Mock = () => state is IntegrationState.Mock ? PublerMock.Accounts : [],
            SnapshotKey = "publer-accounts/v1",
        }, ct);

        var accounts = new KnownAccounts(
            answer.Value.ToDictionary(account => account.Id, StringComparer.Ordinal),
            IsWhole: answer is { Warnings: [], Source: not Sources.Snapshot });
        _cache.Put(state, accounts);

        return accounts;
    }
}

/// <summary>Accounts by id.</summary>
/// <param name="ById">Those we know.</param>
/// <param name="IsWhole">Whether an id that is missing here does not exist. Otherwise the provider could not be asked.</param>
public sealed record KnownAccounts(IReadOnlyDictionary<string, PublerAccount> ById, bool IsWhole);
