using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.Dashboard;

/// <summary>How a resource of the model is told to the dashboard.</summary>
internal static class WireMapping
{
    // The dashboard needs a creation time; what has none is as old as the app host.
    private static readonly DateTime Started = DateTime.UtcNow;

    public static Wire.Resource ToWire(this ResourceEvent e)
    {
        var snapshot = e.Snapshot;
        var resource = new Wire.Resource
        {
            Name = e.ResourceId,
            Uid = e.ResourceId,
            DisplayName = e.Resource.Name,
            ResourceType = snapshot.ResourceType,
            CreatedAt = ToWire(snapshot.CreationTimeStamp ?? Started),
            StartedAt = ToWire(snapshot.StartTimeStamp),
            StoppedAt = ToWire(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
            SupportsDetailedTelemetry = snapshot.SupportsDetailedTelemetry,
            Environment = { snapshot.EnvironmentVariables.Select(ToWire) },
            Urls = { snapshot.Urls.Select(ToWire) },
            HealthReports = { snapshot.HealthReports.Select(ToWire) },
            Relationships = { snapshot.Relationships.Select(ToWire) },
            Properties = { snapshot.AllProperties().Select(ToWire) },
            Commands = { snapshot.Commands.Select(ToWire) },
        };

        snapshot.State?.Text.SetOn(text => resource.State = text);
        snapshot.State?.Style.SetOn(style => resource.StateStyle = style);

        return resource;
    }

    /// <summary>The properties, and the exit code as the property in which the dashboard looks for it.</summary>
    private static IEnumerable<ResourcePropertySnapshot> AllProperties(this CustomResourceSnapshot snapshot) =>
        snapshot.ExitCode is { } exitCode && !snapshot.Properties.Any(p => p.Name == KnownProperties.ExitCode)
            ? snapshot.Properties.Append(new(KnownProperties.ExitCode, exitCode))
            : snapshot.Properties;

    private static Wire.EnvironmentVariable ToWire(EnvironmentVariableSnapshot variable)
    {
        var wire = new Wire.EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        variable.Value.SetOn(value => wire.Value = value);

        return wire;
    }

    private static Wire.Url ToWire(UrlSnapshot url)
    {
        var wire = new Wire.Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
        };
        url.Name.SetOn(name => wire.EndpointName = name);

        return wire;
    }

    private static Wire.HealthReport ToWire(HealthReportSnapshot report)
    {
        var wire = new Wire.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = ToWire(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            wire.Status = status switch
            {
                HealthStatus.Healthy => Wire.HealthStatus.Healthy,
                HealthStatus.Degraded => Wire.HealthStatus.Degraded,
                _ => Wire.HealthStatus.Unhealthy,
            };
        }

        return wire;
    }

    private static Wire.ResourceRelationship ToWire(RelationshipSnapshot relationship) =>
        new() { ResourceName = relationship.ResourceName, Type = relationship.Type };

    private static Wire.ResourceProperty ToWire(ResourcePropertySnapshot property) =>
        new() { Name = property.Name, Value = ToWire(property.Value), IsSensitive = property.IsSensitive };

    private static Wire.ResourceCommand ToWire(ResourceCommandSnapshot command)
    {
        var wire = new Wire.ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = (Wire.ResourceCommandState)command.State,
        };
        command.ConfirmationMessage.SetOn(message => wire.ConfirmationMessage = message);
        command.DisplayDescription.SetOn(description => wire.DisplayDescription = description);
        command.IconName.SetOn(icon => wire.IconName = icon);
        if (command.IconVariant is { } variant)
            wire.IconVariant = (Wire.IconVariant)variant;

        return wire;
    }

    private static Value ToWire(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(ToWire)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static Timestamp? ToWire(DateTime? time) => time is { } t ? Timestamp.FromDateTime(t.ToUniversalTime()) : null;

    /// <summary>Generated setters of optional fields refuse null.</summary>
    private static void SetOn(this string? value, Action<string> set)
    {
        if (value is not null)
            set(value);
    }
}
