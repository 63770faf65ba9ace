using System.Text.Json.Serialization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Where an alert stands.</summary>
[JsonConverter(typeof(SnakeCaseConverter<AlertState>))]
public enum AlertState
{
    /// <summary>Nobody has said that they look at it.</summary>
    Open,

    /// <summary>Somebody looks at it.</summary>
    Acknowledged,

    /// <summary>It is well again, or nothing is known of it any more.</summary>
    Resolved,
}

/// <summary>An indicator that is, or was, not as it should be.</summary>
/// <param name="Subject">What was measured, such as the key of an integration.</param>
/// <param name="Summary">In words.</param>
/// <param name="Value">When it was last measured with enough data.</param>
/// <param name="Threshold">Beyond this it was bad.</param>
/// <param name="WellSince">Since then each check found it well; null when the last one did not.</param>
/// <param name="SilencedUntil">Nobody is told of it until then; null, or in the past, when it is not silenced.</param>
/// <param name="Links">Where one goes on looking.</param>
public sealed record Alert(
    Guid Id,
    string Indicator,
    string Subject,
    AlertState State,
    string Summary,
    double Value,
    long Sample,
    double Threshold,
    double Worst,
    DateTimeOffset OpenedAt,
    DateTimeOffset CheckedAt,
    DateTimeOffset? WellSince,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? AcknowledgedReason,
    DateTimeOffset? SilencedUntil,
    string? SilencedBy,
    string? SilencedReason,
    DateTimeOffset? ResolvedAt,
    string? ResolvedReason,
    IReadOnlyList<string> Links);

/// <summary>Which alerts; null stands for all.</summary>
public sealed record AlertFilter(AlertState? State = null, string? Indicator = null, string? Subject = null);

/// <summary>Where a page of alerts ended.</summary>
public sealed record AlertPosition(DateTimeOffset OpenedAt, Guid Id) : Cursor;
