using System.Text.Json;

namespace HotDash.Integrations.Google;

/// <summary>Gives a token in exchange for what a service account has signed. https://developers.google.com/identity/protocols/oauth2/service-account</summary>
internal sealed class GoogleTokenEndpoint(IHttpClientFactory wires, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    /// <exception cref="TokenRefusedException">The account gets none.</exception>
    /// <exception cref="UnreadableReplyException">The reply is no token.</exception>
    public async Task<AccessToken> FetchAsync(GoogleOptions options, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenAddress)
        {
            Content = GoogleAssertion.Form(options.KeyFile!, options.Scope, options.TokenAddress, clock.GetUtcNow()),
        };
        using var reply = await wires.CreateClient(GoogleRegistration.TokenClient(options.Key)).SendAsync(request, ct);
        if (!reply.IsSuccessStatusCode)
            throw new TokenRefusedException((int)reply.StatusCode);

        return Read(await reply.Content.ReadAsByteArrayAsync(ct));
    }

    private static AccessToken Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, GoogleKeyJson.Default.GoogleTokenReply) is { AccessToken: { Length: > 0 } value, ExpiresIn: > 0 and var seconds }
                && value.All(letter => letter is > ' ' and <= '~')
                    ? new(value, Lasts(TimeSpan.FromSeconds(seconds)))
                    : throw new UnreadableReplyException("the reply has no token");
        }
        catch (JsonException)
        {
            throw new UnreadableReplyException("the reply is no token");
        }
    }

    private static TimeSpan Lasts(TimeSpan lifetime) => lifetime > 2 * Early ? lifetime - Early : lifetime / 2;
}

/// <summary>Google gives this account no token. Becomes the reply to the call that needed it.</summary>
internal sealed class TokenRefusedException(int status) : Exception("No token was given.")
{
    public int Status { get; } = status;
}
