namespace HotDash.Integrations;

/// <summary>Keeps access tokens for the fleet: one process fetches what all of them use.</summary>
public interface ITokenStore
{
    /// <returns>The kept token while it is good; else a new one, which one process fetches while the others wait for it.</returns>
    /// <param name="name">Whose token it is: another account or another purpose is another name. Stored as it is.</param>
    /// <param name="refused">A token that the provider takes no more, whatever its time.</param>
    /// <param name="fetch">Asks the provider. What it throws reaches whoever asked; others then try themselves.</param>
    Task<AccessToken> GetAsync(string name, string? refused, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken ct);
}

/// <summary>What a provider lets us in with. A class, because records print their members.</summary>
/// <param name="value">Goes into a header.</param>
/// <param name="goodFor">How long it may be used from now on; ends some time before the provider's own expiry.</param>
public sealed class AccessToken(string value, TimeSpan goodFor)
{
    public string Value { get; } = value;

    public TimeSpan GoodFor { get; } = goodFor;
}

/// <summary>Stands in where no store keeps tokens: each process fetches its own.</summary>
internal sealed class NoTokenStore : ITokenStore
{
    public Task<AccessToken> GetAsync(string name, string? refused, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken ct) => fetch(ct);
}
