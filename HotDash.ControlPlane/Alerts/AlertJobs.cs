namespace HotDash.ControlPlane.Alerts;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
public static class AlertJobs
{
    public const string Check = "alerts.check-indicators";
    public const string Send = "alerts.send-message";
    public const string Prune = "alerts.prune";

    /// <summary>Calls that fail before a message is a dead letter: some two hours.</summary>
    public const int MaxTries = 20;

    /// <summary>The job ends by its own rules; a dead one would strand a message.</summary>
    internal const int NeverDead = 1_000_000;
}

/// <summary>Brings a message to the receiver of alerts.</summary>
public sealed record SendMessagePayload(Guid MessageId);
