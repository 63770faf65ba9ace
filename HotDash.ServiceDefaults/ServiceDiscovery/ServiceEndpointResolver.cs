using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Turns <c>http://api</c>, <c>https+http://api</c> or <c>http://_admin.api</c> into addresses, from configuration of the form
/// <c>services:{name}:{scheme or endpoint name}:{index}</c>. A name without such a section stands for itself.
/// </summary>
public sealed class ServiceEndpointResolver
{
    private readonly IConfiguration _configuration;
    private volatile ServiceMap _services;

    public ServiceEndpointResolver(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        _configuration = configuration;
        _services = new(configuration);
        ChangeToken.OnChange(configuration.GetReloadToken, () => _services = new(_configuration));
    }

    /// <summary>All addresses of a service now, and a token that fires when configuration changes.</summary>
    /// <exception cref="FormatException">The name is no service address, or an address configured for it is none.</exception>
    public ValueTask<ServiceEndpointSource> GetEndpointsAsync(string serviceName, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The token is taken before the map: a reload in between costs one needless notice rather than a lost one.
        var changed = _configuration.GetReloadToken();
        var query = ServiceQuery.Parse(serviceName);
        var known = _services.Find(query)?.All;

        return new(new ServiceEndpointSource(known ?? [query.PassThrough()], changed));
    }

    /// <summary>The next address in turn, or null when <paramref name="uri"/> names no configured service.</summary>
    internal Uri? Next(Uri uri) => _services.Find(uri)?.Next();
}
