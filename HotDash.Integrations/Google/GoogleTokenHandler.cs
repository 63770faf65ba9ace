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
            request.Headers.Authorization = new("Bearer", token);
            var reply = await base.SendAsync(request, cancellationToken);
            if (reply.StatusCode is HttpStatusCode.Unauthorized)
                tokens.Forget(token);

            return reply;
        }
        catch (TokenRefusedException e)
        {
            // 400 is how OAuth says that it does not know the account or its key (https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
            return new(e.Status is 400 ? HttpStatusCode.Unauthorized : (HttpStatusCode)e.Status) { RequestMessage = request };
        }
    }
}
