using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>One reading of the section <c>services</c>. A new reading replaces it when configuration changes.</summary>
internal sealed class ServiceMap(IConfiguration configuration)
{
    private readonly Dictionary<string, IConfigurationSection> _services =
        configuration.GetSection("services").GetChildren().ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);

    // Bounded by what is configured: a name that is not a service never gets in.
    private readonly ConcurrentDictionary<(string Scheme, string Host), ServiceAddresses?> _found = new();

    /// <summary>Null when the host is no configured service: it then stands for itself.</summary>
    public ServiceAddresses? Find(Uri uri)
    {
        if (_services.Count == 0)
        {
            return null;
        }

        return _found.TryGetValue((uri.Scheme, uri.Host), out var known) ? known : Find(ServiceQuery.From(uri));
    }

    public ServiceAddresses? Find(ServiceQuery query)
    {
        if (!_services.TryGetValue(query.Service, out var service))
        {
            return null;
        }

        var host = query.Endpoint is null ? query.Service : $"_{query.Endpoint}.{query.Service}";

        return _found.GetOrAdd((string.Join('+', query.Schemes), host), _ => Read(service, query));
    }

    private static ServiceAddresses? Read(IConfigurationSection service, ServiceQuery query)
    {
        var name = query.Endpoint ?? query.Schemes.FirstOrDefault(scheme => service.GetSection(scheme).Exists()) ?? "default";
        var section = service.GetSection(name);
        string?[] values = section.Value is { } single ? [single] : [.. section.GetChildren().Select(child => child.Value)];
        Uri[] addresses = [.. values.OfType<string>().Select(value => Address(section.Path, value))];

        // Of "https+http" the first scheme that has an address is taken, whole.
        var scheme = query.Schemes.FirstOrDefault(scheme => addresses.Any(a => a.Scheme == scheme));
        Uri[] wanted = [.. addresses.Where(a => a.Scheme == scheme)];

        return wanted is [] ? null : new(wanted);
    }

    private static Uri Address(string path, string value)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}";

        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new FormatException($"{path} holds '{value}', which is not an address such as http://localhost:5000.");
    }
}
