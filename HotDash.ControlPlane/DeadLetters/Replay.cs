using System.Text.Json.Serialization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Where a replay stands.</summary>
[JsonConverter(typeof(SnakeCaseConverter<ReplayState>))]
public enum ReplayState
{
    /// <summary>Its letters are chosen and counted; nothing is sent.</summary>
    Preview,
    Running,
    Paused,

    /// <summary>By itself: too many failed again, or the integration takes nothing. It can be started again.</summary>
    Stopped,
    Cancelled,
    Done,
}

/// <summary>A replay and how far it is.</summary>
/// <param name="StopShare">It stops itself when more than this share (0 to 1) of what it sent failed again.</param>
/// <param name="Message">Why it waits, or stopped.</param>
/// <param name="Groups">What it is about, as counted when it was made; null in lists.</param>
public sealed record Replay(
    Guid Id,
    ReplayState State,
    string AskedBy,
    string? Reason,
    double StopShare,
    ReplayProgress Progress,
    ReplayLook Look,
    string? Message,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<ReplayGroup>? Groups);

/// <summary>What became of the letters.</summary>
/// <param name="Total">Frozen when the replay was made.</param>
/// <param name="Found">Were there all along; nothing was sent.</param>
/// <param name="Failed">Failed again, and are still in the queue.</param>
/// <param name="Skipped">Were settled otherwise meanwhile, or nothing here can send them.</param>
public sealed record ReplayProgress(int Total, int Replayed, int Found, int Failed, int Skipped)
{
    public int Open => Total - Replayed - Found - Failed - Skipped;
}

/// <summary>What the preview found out about letters whose outcome is unknown.</summary>
/// <param name="Due">Still to be looked up.</param>
/// <param name="Found">Already had their effect: they will not be sent.</param>
/// <param name="Absent">Nothing is there yet.</param>
/// <param name="Unclear">Cannot be looked up now; the replay tries again before it sends.</param>
public sealed record ReplayLook(int Due, int Found, int Absent, int Unclear);

/// <summary>How many of a replay's letters have one cause and stand alike.</summary>
public sealed record ReplayGroup(string Integration, string Operation, string Failure, string Summary, LetterState State, int Letters);

/// <summary>Where a page of replays ended.</summary>
public sealed record ReplayPosition(DateTimeOffset CreatedAt, Guid Id) : Cursor;
