using Polly.Timeout;

namespace HotDash.Integrations.Google;

/// <summary>
/// One integration's access token: the fleet's, kept here until it is to be renewed, and got once however many calls wait for it.
/// </summary>
internal sealed class GoogleTokens(GoogleOptions options, GoogleTokenEndpoint endpoint, ITokenStore store, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private string? _refused;
    private Token? _token;
    private Task<Token>? _getting;

    /// <exception cref="TokenRefusedException">The account gets none.</exception>
    /// <exception cref="UnreadableReplyException">The reply is no token.</exception>
    public async ValueTask<string> GetAsync(CancellationToken ct) =>
        _token is { } kept && clock.GetUtcNow() < kept.RenewAt ? kept.Value : (await JoinAsync().WaitAsync(ct)).Value;

    /// <summary>The provider does not take this one any more.</summary>
    /// <returns>Whether another one is likely to do better: this one came from the store, where it may have outlived what made it good.</returns>
    public bool Forget(string value)
    {
        lock (_gate)
        {
            if (_token?.Value != value)
                return false;

            var kept = _token.Kept;
            (_token, _refused) = (null, value);
            return kept;
        }
    }

    /// <summary>Belongs to all who wait for it, so none of them can cancel it.</summary>
    private Task<Token> JoinAsync()
    {
        lock (_gate)
            return _getting is { IsCompleted: false } joined ? joined : _getting = RenewAsync();
    }

    private async Task<Token> RenewAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // whoever began it holds the gate

        using var patience = new CancellationTokenSource(Patience, clock);
        AccessToken? fetched = null;
        try
        {
            // Another key of the account is another name: a token of the old one would outlive it.
            var got = await store.GetAsync(
                $"{options.Key}:{options.KeyFile!.Fingerprint}", _refused, async ct => fetched = await endpoint.FetchAsync(options, ct), patience.Token);
            return _token = new(got.Value, clock.GetUtcNow() + got.GoodFor, kept: got != fetched);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new TimeoutRejectedException("No token came in time.", e);
        }
    }

    /// <summary>A class, because records print their members.</summary>
    private sealed class Token(string value, DateTimeOffset renewAt, bool kept)
    {
        public string Value { get; } = value;

        public DateTimeOffset RenewAt { get; } = renewAt;

        public bool Kept { get; } = kept;
    }
}
