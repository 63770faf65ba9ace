namespace HotDash.Cli;

/// <summary>How a command ended: the same for all of them; docs/cli.md has the table.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It was done, but not all of it.</summary>
    public const int Partly = 1;

    /// <summary>The command, or what it asked for, was not understood or not possible.</summary>
    public const int Refused = 2;

    /// <summary>No key, or one that may not do that.</summary>
    public const int NoAccess = 3;

    /// <summary>HotDash does not answer, or failed.</summary>
    public const int Failed = 4;
}

/// <summary>Ends the run with a message for the person at the terminal.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
