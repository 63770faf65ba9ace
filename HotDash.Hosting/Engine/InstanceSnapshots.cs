using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Dcp;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine;

/// <summary>What the dashboard is told about an instance.</summary>
internal static class InstanceSnapshots
{
    /// <summary>Killed by a signal; DCP has no exit code then.</summary>
    private const int NoExitCode = -1;

    /// <summary>All that is known before the process starts.</summary>
    public static CustomResourceSnapshot Describe(this CustomResourceSnapshot snapshot, IResource resource, DateTime now) => snapshot with
    {
        CreationTimeStamp = snapshot.CreationTimeStamp ?? now,
        Properties = snapshot.Properties.AddRange(SourceProperties(resource)),
        Relationships = [.. Relationships(resource).Distinct()],
        HealthReports = [.. HealthKeys(resource).Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null))],
        SupportsDetailedTelemetry = resource.Annotations.OfType<OtlpExporterAnnotation>().Any(),
    };

    public static CustomResourceSnapshot In(this CustomResourceSnapshot snapshot, string state, string? style = null) =>
        snapshot with { State = new(state, style) };

    public static CustomResourceSnapshot Failed(this CustomResourceSnapshot snapshot, string reason, DateTime now) =>
        snapshot.In(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error)
            .With(KnownProperties.FailureReason, reason) with
        {
            StopTimeStamp = now,
        };

    /// <summary>Adds or replaces a property; null takes it away.</summary>
    public static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot, string property, object? value, bool isSensitive = false)
    {
        var others = snapshot.Properties.RemoveAll(p => p.Name == property);
        return snapshot with
        {
            Properties = value is null ? others : others.Add(new(property, value) { IsSensitive = isSensitive }),
        };
    }

    public static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, HealthReportSnapshot report) => snapshot with
    {
        HealthReports = [.. snapshot.HealthReports.Select(r => r.Name == report.Name ? report : r)],
    };

    /// <summary>Before a new process: the results of the old one mean nothing.</summary>
    public static CustomResourceSnapshot Fresh(this CustomResourceSnapshot snapshot) => (snapshot with
    {
        StartTimeStamp = null,
        StopTimeStamp = null,
        ExitCode = null,
        HealthReports = [.. snapshot.HealthReports.Select(r => r with { Status = null, Description = null, LastRunAt = null })],
    }).With(KnownProperties.FailureReason, value: null)
        .With(KnownProperties.ExitCode, value: null)
        .With(KnownProperties.WaitingFor, value: null);

    /// <summary>What DCP says about the process.</summary>
    public static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot, DcpObject process, DcpStatus status, bool isStopping)
    {
        var exitCode = status.ExitCode is NoExitCode ? null : status.ExitCode;
        var state = StateOf(status, isStopping);
        var reports = (status.HealthProbeResults ?? []).Select(ToReport).OrderBy(r => r.LastRunAt).ToLookup(r => r.Name, StringComparer.Ordinal);

        return (snapshot with
        {
            State = new(state, StyleOf(state, exitCode)),
            StartTimeStamp = status.StartupTimestamp,
            StopTimeStamp = status.FinishTimestamp,
            ExitCode = exitCode,
            EnvironmentVariables = Variables(process.Variables, status),
            Urls = [.. snapshot.Urls.Select(u => u with { IsInactive = state != KnownResourceStates.Running })],
            HealthReports = [.. snapshot.HealthReports.Select(r => reports[r.Name].LastOrDefault(r))],
        }).With(KnownProperties.ExecutablePid, status.Pid)
            .With(KnownProperties.ExecutableArgs, snapshot.HasSource() ? null : status.EffectiveArgs, isSensitive: true)
            .With(KnownProperties.ExitCode, exitCode)
            .With(KnownProperties.FailureReason, state == KnownResourceStates.RuntimeUnhealthy
                ? "No container runtime answers: start Docker or Podman, or run without containers (Postgres:Mode=embedded)."
                : null);
    }

    public static bool HasEnded(DcpStatus status) => status.State is "Finished" or "Terminated" or "FailedToStart" or "Exited";

    private static string StateOf(DcpStatus status, bool isStopping) => status.State switch
    {
        "Running" when isStopping => KnownResourceStates.Stopping,
        "Finished" when status.ExitCode is NoExitCode => KnownResourceStates.Exited,
        "Terminated" => KnownResourceStates.Exited,
        null or "" or "Pending" => KnownResourceStates.Starting,
        var state => state,
    };

    private static string? StyleOf(string state, int? exitCode) => state switch
    {
        _ when state == KnownResourceStates.Running => KnownResourceStateStyles.Success,
        _ when exitCode is not (null or 0) => KnownResourceStateStyles.Error,
        _ => null,
    };

    /// <summary>The variables given by the AppHost, with the values that the process really got.</summary>
    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(IEnumerable<DcpVariable> asked, DcpStatus status)
    {
        var given = asked.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        return [.. (status.EffectiveEnv ?? []).Where(v => given.Contains(v.Name))
            .OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, IsFromSpec: true))];
    }

    private static HealthReportSnapshot ToReport(ProbeResult result) => new(
        HealthProbe.KeyOf(result.ProbeName),
        result.Outcome is "Success" ? HealthStatus.Healthy : HealthStatus.Unhealthy,
        result.Reason,
        ExceptionText: null)
    {
        LastRunAt = result.Timestamp,
    };

    /// <summary>The dashboard writes arguments after the source, where those of our own wrappers would only bewilder.</summary>
    private static bool HasSource(this CustomResourceSnapshot snapshot) => snapshot.Properties.Any(p => p.Name == KnownProperties.Source);

    private static IEnumerable<string> HealthKeys(IResource resource) =>
        resource.Annotations.OfType<HttpProbeAnnotation>().Select(p => p.Key)
            .Concat(resource.Annotations.OfType<HealthCheckAnnotation>().Select(c => c.Key));

    private static IEnumerable<ResourcePropertySnapshot> SourceProperties(IResource resource)
    {
        if (resource is ProjectResource)
        {
            yield return new(KnownProperties.ProjectPath, resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath);
            if (resource.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault() is { } profile)
                yield return new(KnownProperties.ProjectLaunchProfile, profile.Name);
        }
        else if (resource is ExecutableResource program)
        {
            yield return new(KnownProperties.ExecutablePath, program.Command);
            yield return new(KnownProperties.ExecutableWorkDir, program.WorkingDirectory);
        }
        else if (resource is IResourceWithParent child)
        {
            yield return new(KnownProperties.ParentName, child.Parent.GetInstanceIds()[0]);
        }
        else if (resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is { } image)
        {
            yield return new(KnownProperties.Source, image.ToString());
        }
        else if (resource is PostgresServerResource)
        {
            yield return new(KnownProperties.Source, "PostgreSQL, embedded");
        }
    }

    private static IEnumerable<RelationshipSnapshot> Relationships(IResource resource)
    {
        var declared = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));

        return resource is IResourceWithParent { Parent.Name: var parent } ? declared.Append(new(parent, "Parent")) : declared;
    }
}
