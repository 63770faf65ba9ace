using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>The addresses of a service, in configured order, and the token that says when to ask again.</summary>
public sealed class ServiceEndpointSource(IReadOnlyList<Uri> endpoints, IChangeToken changeToken)
{
    public IReadOnlyList<Uri> Endpoints => endpoints;

    public IChangeToken ChangeToken => changeToken;
}
