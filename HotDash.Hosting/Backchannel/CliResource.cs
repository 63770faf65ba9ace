using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// A resource as the CLI reads it. Every member is written, also when null: the CLI takes a missing one for null even where it has a default.
/// </summary>
internal sealed record CliResource(
    string Name,
    string DisplayName,
    string ResourceType,
    string Type,
    string? State,
    string? StateStyle,
    string? HealthStatus,
    int? ExitCode,
    DateTime? CreatedAt,
    DateTime? StartedAt,
    DateTime? StoppedAt,
    IEnumerable<CliResource.Url> Urls,
    IEnumerable<CliResource.Relationship> Relationships,
    IEnumerable<CliResource.HealthReport> HealthReports,
    IEnumerable<object> Volumes,
    IEnumerable<EnvironmentVariableSnapshot> EnvironmentVariables,
    IReadOnlyDictionary<string, object?> Properties,
    bool IsHidden,
    IEnumerable<CliResource.Command> Commands)
{
    internal sealed record Url(string? Name, [property: System.Text.Json.Serialization.JsonPropertyName("url")] string Address, bool IsInternal, UrlDisplayPropertiesSnapshot DisplayProperties);

    internal sealed record Relationship(string ResourceName, string Type);

    internal sealed record HealthReport(string Name, string? Status, string? Description, string? ExceptionText);

    internal sealed record Command(
        string Name, string DisplayName, string? Description, IEnumerable<object> ArgumentInputs, string Visibility, string State);

    public static CliResource From(ResourceEvent e, Secrets secrets)
    {
        var snapshot = e.Snapshot;
        return new(
            e.ResourceId,
            e.Resource.Name,
            snapshot.ResourceType,
            snapshot.ResourceType,
            snapshot.State?.Text,
            snapshot.State?.Style,
            snapshot.HealthStatus?.ToString(),
            snapshot.ExitCode,
            snapshot.CreationTimeStamp,
            snapshot.StartTimeStamp,
            snapshot.StopTimeStamp,
            snapshot.Urls.Select(u => new Url(u.Name, u.Url, u.IsInternal, u.DisplayProperties)),
            snapshot.Relationships.Select(r => new Relationship(r.ResourceName, r.Type)),
            snapshot.HealthReports.Select(r => new HealthReport(r.Name, r.Status?.ToString(), r.Description, r.ExceptionText)),
            [],
            snapshot.EnvironmentVariables.Select(v => v with { Value = secrets.Hide(v.Value) }),
            snapshot.Properties.ToDictionary(p => p.Name, p => p.IsSensitive ? null : Printable(p.Value), StringComparer.Ordinal),
            snapshot.IsHidden,
            snapshot.Commands.Select(c => new Command(c.Name, c.DisplayName, c.DisplayDescription, [], "UI, Api", c.State.ToString())));
    }

    private static object? Printable(object? value) =>
        value is null or string or IEnumerable<string> ? value : Convert.ToString(value, CultureInfo.InvariantCulture);
}
