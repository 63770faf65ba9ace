namespace HotDash.Integrations.Publer;

/// <summary>What HotDash shows while Publer is not live.</summary>
public static class PublerMock
{
    public static IReadOnlyList<PublerAccount> Accounts { get; } =
    [
        .. Fixture.Read("publer.accounts.json", PublerJson.Default.IReadOnlyListAccountRow)
            .Select(row => new PublerAccount(row.Id, row.Provider, row.Name)),
    ];
}
