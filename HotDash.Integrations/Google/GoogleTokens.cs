using System.Text.Json;
using Polly.Timeout;

namespace HotDash.Integrations.Google;

/// <summary>One integration's access token: kept until shortly before it expires, and fetched once however many calls wait for it.</summary>
internal sealed class GoogleTokens(GoogleOptions options, IHttpClientFactory wires, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private Token? token;
    private Task<Token>? fetching;

    /// <exception cref="TokenRefusedException">The account gets none.</exception>
    /// <exception cref="UnreadableReplyException">The reply is no token.</exception>
    public async ValueTask<string> GetAsync(CancellationToken ct) =>
        token is { } kept && clock.GetUtcNow() < kept.RenewAt ? kept.Value : (await JoinAsync().WaitAsync(ct)).Value;

    /// <summary>The provider does not take this one any more.</summary>
    public void Forget(string refused)
    {
        lock (gate)
        {
            if (token?.Value == refused)
                token = null;
        }
    }

    /// <summary>Belongs to all who wait for it, so none of them can cancel it.</summary>
    private Task<Token> JoinAsync()
    {
        lock (gate)
            return fetching is { IsCompleted: false } joined ? joined : fetching = FetchAsync();
    }

    private async Task<Token> FetchAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // whoever began it holds the gate

        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenAddress)
        {
            Content = GoogleAssertion.Form(options.KeyFile!, options.Scope, options.TokenAddress, now),
        };
        try
        {
            using var reply = await wires.CreateClient(GoogleRegistration.TokenClient(options.Key)).SendAsync(request, patience.Token);
            return token = Read(reply, await reply.Content.ReadAsByteArrayAsync(patience.Token), now);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new TimeoutRejectedException("No token came in time.", e);
        }
    }

    private static Token Read(HttpResponseMessage reply, byte[] body, DateTimeOffset now)
    {
        if (!reply.IsSuccessStatusCode)
            throw new TokenRefusedException((int)reply.StatusCode);

        try
        {
            return JsonSerializer.Deserialize(body, GoogleKeyJson.Default.GoogleTokenReply) is { AccessToken: { Length: > 0 } value, ExpiresIn: > 0 and var seconds }
                && value.All(letter => letter is > ' ' and <= '~')
                    ? new(value, now + Lasts(TimeSpan.FromSeconds(seconds)))
                    : throw new UnreadableReplyException("the reply has no token");
        }
        catch (JsonException)
        {
            throw new UnreadableReplyException("the reply is no token");
        }
    }

    private static TimeSpan Lasts(TimeSpan lifetime) => lifetime > 2 * Early ? lifetime - Early : lifetime / 2;

    /// <summary>A class, because records print their members.</summary>
    private sealed class Token(string value, DateTimeOffset renewAt)
    {
        public string Value { get; } = value;

        public DateTimeOffset RenewAt { get; } = renewAt;
    }
}

/// <summary>Google gives this account no token. Becomes the reply to the call that needed it.</summary>
internal sealed class TokenRefusedException(int status) : Exception("No token was given.")
{
    public int Status { get; } = status;
}
