using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Where an action stands.</summary>
[JsonConverter(typeof(SnakeCaseConverter<ApprovalState>))]
public enum ApprovalState
{
    /// <summary>People decide.</summary>
    Pending,

    /// <summary>It will be sent, as it is, if it does not expire before.</summary>
    Approved,

    /// <summary>A call is under way.</summary>
    Sending,

    /// <summary>It had its effect, once.</summary>
    Sent,

    /// <summary>Nobody knows whether it had its effect: it is looked up.</summary>
    Unknown,

    Rejected,

    /// <summary>Nobody decided in time, or it could not be sent in time.</summary>
    Expired,

    /// <summary>The provider refused it, or it could not be sent so often that it was given up. It had no effect.</summary>
    Failed,
}
