namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceStates
{
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string FailedToStart = nameof(FailedToStart);
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);
    public static readonly string Stopping = nameof(Stopping);
    public static readonly string Exited = nameof(Exited);
    public static readonly string Finished = nameof(Finished);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string NotStarted = nameof(NotStarted);

    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

public static class KnownResourceStateStyles
{
    public static readonly string Success = "success";
    public static readonly string Error = "error";
    public static readonly string Warn = "warning";
}

/// <summary>The types the dashboard knows; a parameter goes to its own tab.</summary>
internal static class KnownResourceTypes
{
    public const string Project = "Project";
    public const string Executable = "Executable";
    public const string Container = "Container";
    public const string Parameter = "Parameter";
    public const string ConnectionString = "ConnectionString";
}

/// <summary>The dashboard renders these properties in its own way.</summary>
internal static class KnownProperties
{
    public const string ExecutablePath = "executable.path";
    public const string ExecutableWorkDir = "executable.workDir";
    public const string ExecutablePid = "executable.pid";
    public const string ExecutableArgs = "executable.args";
    public const string ProjectPath = "project.path";
    public const string ProjectLaunchProfile = "project.launchProfile";
    public const string ExitCode = "resource.exitCode";
    public const string Source = "resource.source";
    public const string ConnectionString = "resource.connectionString";
    public const string ParentName = "resource.parentName";
    public const string WaitingFor = "resource.waitingFor";
    public const string FailureReason = "resource.failureReason";
    public const string ParameterValue = "Value";
}
