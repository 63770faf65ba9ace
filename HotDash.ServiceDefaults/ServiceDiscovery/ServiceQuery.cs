namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary><c>https+http://_endpoint.service:port</c> in its parts; schemes come in order of preference.</summary>
internal sealed record ServiceQuery(string[] Schemes, string? Endpoint, string Service, string Authority)
{
    public static ServiceQuery Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);

        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : $"https+http://{text}";

        return Uri.TryCreate(withScheme, UriKind.Absolute, out var uri) && uri.Host is { Length: > 0 }
            ? From(uri)
            : throw new FormatException($"'{text}' is not a service address; write it as http://name or https+http://name.");
    }

    public static ServiceQuery From(Uri uri)
    {
        var (endpoint, service) = uri.Host.StartsWith('_') && uri.Host.IndexOf('.', StringComparison.Ordinal) is > 1 and var dot
            ? (uri.Host[1..dot], uri.Host[(dot + 1)..])
            : (null, uri.Host);

        return new(uri.Scheme.Split('+'), endpoint, service, uri.Authority);
    }

    public Uri PassThrough() => new($"{Schemes[0]}://{Authority}");
}
