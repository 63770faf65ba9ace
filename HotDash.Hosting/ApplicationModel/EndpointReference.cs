using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, to be used as a value; its value is its URL.</summary>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IExpressionValue
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    public bool IsHttps => EndpointAnnotation.UriScheme is "https";

    public string Url => Allocated.UriString;

    public string Host => Allocated.Address;

    public int Port => Allocated.Port;

    public string Scheme => EndpointAnnotation.UriScheme;

    public string ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    internal EndpointAnnotation EndpointAnnotation => Find() ?? throw new DistributedApplicationException(
        $"'{Resource.Name}' has no endpoint '{EndpointName}': declare it, for example with WithHttpEndpoint().");

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint ?? throw new InvalidOperationException(
        $"The endpoint '{EndpointName}' of '{Resource.Name}' has no address before the application starts.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal string GetValue(EndpointProperty property) => property switch
    {
        EndpointProperty.Url => Url,
        EndpointProperty.Host => Host,
        EndpointProperty.IPV4Host => "127.0.0.1",
        EndpointProperty.Port => Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.Scheme => Scheme,
        EndpointProperty.TargetPort => Allocated.TargetPortExpression ?? Port.ToString(CultureInfo.InvariantCulture),
        EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}"),
        EndpointProperty.TlsEnabled => IsHttps ? bool.TrueString : bool.FalseString,
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, message: null),
    };

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}

public enum EndpointProperty
{
    Url,
    Host,
    IPV4Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
    TlsEnabled,
}

/// <summary>One property of an endpoint, to be used as a value.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression =>
        $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{Property.ToString().ToLowerInvariant()}}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Endpoint.GetValue(Property));
}
