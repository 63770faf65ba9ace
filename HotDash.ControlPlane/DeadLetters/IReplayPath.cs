using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>What knows its own way to send its letters again, such as the posts: it reports their end through the store.</summary>
public interface IReplayPath
{
    bool Takes(string subject);

    /// <summary>Puts what the letter stands for back on its way, in the transaction that marks the letter as replaying.</summary>
    /// <param name="outcomeUnknown">It must be looked up before it is sent.</param>
    Task<Reopening> ReopenAsync(NpgsqlTransaction transaction, string subject, bool outcomeUnknown, CancellationToken ct);
}

/// <summary>Whether it is on its way: yes when both are null.</summary>
/// <param name="Wait">Not now; again after this long.</param>
/// <param name="Refusal">It can never be.</param>
public sealed record Reopening(TimeSpan? Wait = null, string? Refusal = null)
{
    public static Reopening Done { get; } = new();
}
