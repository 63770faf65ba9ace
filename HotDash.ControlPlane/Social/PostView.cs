using HotDash.ControlPlane.Reads;

namespace HotDash.ControlPlane.Social;

/// <summary>A post and what became of it.</summary>
/// <param name="Status"><c>pending</c>, <c>processing</c>, <c>complete</c> (on all accounts) or <c>failed</c> (on at least one).</param>
/// <param name="Late">Whether it is still unfinished although it could have been sent for longer than that should take.</param>
/// <param name="ApprovalId">Of one that is sent only when people have approved it.</param>
public sealed record PostView(
    string JobId,
    string Source,
    string Status,
    string Text,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? FinishedAt,
    bool Late,
    Guid? ApprovalId,
    IReadOnlyList<TargetView> Accounts);

/// <summary>The post on one account.</summary>
/// <param name="Status"><c>pending</c>, <c>processing</c>, <c>complete</c> or <c>failed</c>.</param>
/// <param name="Unknown">Failed because its outcome could not be found out: somebody must look before it is sent again.</param>
/// <param name="DeadLetterId">Of a failed one: where it is kept, to be replayed.</param>
public sealed record TargetView(
    string AccountId, string? Network, string Status, string? ProviderJobId, string? PostLink, string? Error, bool Unknown, DateTimeOffset? EndedAt,
    Guid? DeadLetterId);

/// <summary>Where a page of posts ended.</summary>
public sealed record PostPosition(DateTimeOffset AcceptedAt, string JobId) : Cursor;
