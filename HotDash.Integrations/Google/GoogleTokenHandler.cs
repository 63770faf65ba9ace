using System.Net;

namespace HotDash.Integrations.Google;

/// <summary>Gives each attempt its token. Stands inside the layers, so that fetching one is bounded, counted and repeated with the attempt.</summary>
internal sealed class GoogleTokenHandler(GoogleTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.GetAsync(cancellationToken);
            var reply = await SendAsync(request, token, cancellationToken);
            if (reply.StatusCode is not HttpStatusCode.Unauthorized || !tokens.Forget(token))
                return reply;

            reply.Dispose(); // a 401 had no effect
            return await SendAsync(request, await tokens.GetAsync(cancellationToken), cancellationToken);
        }
        catch (TokenRefusedException e)
        {
            // 400 is how OAuth says that it does not know the account or its key (https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
            return new(e.Status is 400 ? HttpStatusCode.Unauthorized : (HttpStatusCode)e.Status) { RequestMessage = request };
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken ct)
    {
        request.Headers.Authorization = new("Bearer", token);
        return base.SendAsync(request, ct);
    }
}
