namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Sends each attempt to the next address of the service that the request names.</summary>
internal sealed class ServiceDiscoveryHandler(ServiceEndpointResolver resolver) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } asked)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        request.RequestUri = Resolve(asked);

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            // A retry asks for the service again, not for the address that has just failed.
            request.RequestUri = asked;
        }
    }

    private Uri Resolve(Uri asked)
    {
        if (resolver.Next(asked) is { } address)
        {
            return new UriBuilder(asked)
            {
                Scheme = address.Scheme,
                Host = address.Host,
                Port = address.Port,
                Path = address.AbsolutePath.TrimEnd('/') + asked.AbsolutePath,
            }.Uri;
        }

        return asked.Scheme.Contains('+', StringComparison.Ordinal)
            ? new UriBuilder(asked) { Scheme = asked.Scheme.Split('+')[0], Port = asked.IsDefaultPort ? -1 : asked.Port }.Uri
            : asked;
    }
}
