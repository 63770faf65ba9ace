namespace HotDash.ControlPlane.Social;

/// <summary>A post to be accepted. A target whose network is null is checked when it is sent.</summary>
public sealed record NewPost(
    Guid KeyId, string Text, DateTimeOffset? ScheduledAt, IReadOnlyList<NewTarget> Targets, IdempotencyKey? IdempotencyKey)
{
    /// <summary>Who asks for it, for the audit.</summary>
    public string Actor { get; init; } = KeyId.ToString();
}

public sealed record NewTarget(string AccountId, string? Network, string? Name);

/// <summary>The caller's name for a request, and what the request was.</summary>
public sealed record IdempotencyKey(Guid KeyId, string Key, byte[] RequestHash);

public enum AcceptanceResult { Accepted, InFlight, KeyReused, TooSoon }

/// <summary>Accepted means stored, now or by an earlier request with the same key.</summary>
public sealed record Acceptance(AcceptanceResult Result, string? JobId = null);
