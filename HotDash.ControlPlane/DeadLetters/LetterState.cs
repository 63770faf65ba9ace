using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Where a dead letter stands.</summary>
[JsonConverter(typeof(SnakeCaseConverter<LetterState>))]
public enum LetterState
{
    /// <summary>It certainly had no effect, and waits for somebody to decide.</summary>
    Pending,

    /// <summary>A replay is sending it.</summary>
    Replaying,

    /// <summary>It had its effect: by a replay, or all along.</summary>
    Replayed,

    /// <summary>Nobody knows whether it had its effect. It is looked up, never sent again blindly.</summary>
    Unknown,

    /// <summary>Somebody decided that it shall not be sent.</summary>
    Discarded,
}
