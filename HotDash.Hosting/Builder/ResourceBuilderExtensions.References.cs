using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string as <c>ConnectionStrings__{name}</c>, and its parts as <c>{NAME}_{PART}</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where T : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        var variable = source.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";

        return builder.WithReferenceRelationship(source.Resource).WithEnvironment(context =>
        {
            context.EnvironmentVariables[variable] = source.Resource;
            foreach (var (part, value) in source.Resource.GetConnectionProperties())
                context.EnvironmentVariables[VariableName($"{name}_{part}").ToUpperInvariant()] = value;
        });
    }

    /// <summary>Lets the resource call <c>http://{source}</c>: service discovery reads <c>services__{source}__http__0</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(source.Resource).WithEnvironment(context =>
        {
            var name = source.Resource.Name;
            foreach (var group in source.Resource.Annotations.OfType<EndpointAnnotation>().GroupBy(DiscoveryName, StringComparer.Ordinal))
            {
                foreach (var (index, endpoint) in group.Index())
                {
                    var key = string.Create(CultureInfo.InvariantCulture, $"services__{name}__{group.Key}__{index}");
                    var reference = new EndpointReference(source.Resource, endpoint.Name);
                    context.EnvironmentVariables[key] = reference;
                    context.EnvironmentVariables[VariableName($"{name}_{endpoint.Name}").ToUpperInvariant()] = reference;
                }
            }
        });

    private static string DiscoveryName(EndpointAnnotation endpoint) =>
        endpoint.Name is "http" or "https" ? endpoint.UriScheme : endpoint.Name;

    private static string VariableName(string name)
    {
        var letters = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(letters[0]) ? $"_{letters}" : letters;
    }
}
