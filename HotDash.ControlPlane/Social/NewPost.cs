namespace HotDash.ControlPlane.Social;

/// <summary>A post to be accepted. A target whose network is null is checked when it is sent.</summary>
public sealed record NewPost(
    Guid KeyId, string Text, DateTimeOffset? ScheduledAt, IReadOnlyList<NewTarget> Targets, IdempotencyKey? IdempotencyKey)
{
    /// <summary>Who asks for it, for the audit.</summary>
    public string Actor { get; init; } = KeyId.ToString();
}

/// <summary>An account that a post is for.</summary>
public sealed record NewTarget(string AccountId, string? Network, string? Name);

/// <summary>The caller's name for a request, and what the request was.</summary>
public sealed record IdempotencyKey(Guid KeyId, string Key, byte[] RequestHash);

/// <summary>What became of a request for a post. <c>InFlight</c>: an earlier one with its key is not answered yet; <c>KeyReused</c>: that one asked for something else.</summary>
public enum AcceptanceResult { Accepted, InFlight, KeyReused, TooSoon }

/// <summary>Accepted means stored, now or by an earlier request with the same key.</summary>
public sealed record Acceptance(AcceptanceResult Result, string? JobId = null);
