using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Registry;

/// <summary>How an integration stands, for the whole fleet. Derived from what is known of it (<see cref="StatusRule"/>), never stored.</summary>
[JsonConverter(typeof(UpperSnakeCaseConverter<IntegrationStatus>))]
public enum IntegrationStatus
{
    /// <summary>Its switch is off, or it was rolled back.</summary>
    Disabled,

    /// <summary>A person disconnected it.</summary>
    Disconnected,

    /// <summary>Nobody has looked at it since it was connected, or for a while.</summary>
    Connecting,

    Connected,

    /// <summary>Credentials are missing, its probes fail, or calls to it are paused or refused because they failed.</summary>
    Error,

    /// <summary>It works, but its limit is used up.</summary>
    RateLimited,
}
