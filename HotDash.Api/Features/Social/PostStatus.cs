using HotDash.ControlPlane.Social;

namespace HotDash.Api.Features.Social;

/// <summary>What callers see of a post.</summary>
/// <param name="Status">pending, processing, complete (on all accounts) or failed (on at least one).</param>
/// <param name="ProviderJobId">Publer's own job; null until Publer took the post.</param>
/// <param name="Late">Unfinished although it could have been sent for five minutes.</param>
/// <param name="ApprovalId">Of a post that is sent only when people have approved it; null when none have to.</param>
/// <param name="Reason">Why it failed, in one sentence.</param>
internal sealed record PostStatus(
    string JobId,
    string Status,
    string Source,
    string? ProviderJobId,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? FinishedAt,
    bool Late,
    Guid? ApprovalId,
    string? Reason,
    IReadOnlyList<AccountStatus> Accounts)
{
    public static PostStatus Of(PostView post) => new(
        post.JobId,
        post.Status,
        post.Source,
        post.Accounts.Select(account => account.ProviderJobId).FirstOrDefault(id => id is not null),
        post.AcceptedAt,
        post.ScheduledAt,
        post.FinishedAt,
        post.Late,
        post.ApprovalId,
        post.Status == "failed" ? post.Accounts.First(account => account.Status == "failed").Error : null,
        [.. post.Accounts.Select(account => new AccountStatus(account.AccountId, account.Status, account.PostLink, account.Error, account.Unknown, account.DeadLetterId))]);
}

/// <summary>What became of the post on one account.</summary>
/// <param name="Unknown">It could not be found out whether it was published: look there before sending it again.</param>
/// <param name="DeadLetterId">Of a failed one: where it is kept, to be replayed.</param>
internal sealed record AccountStatus(string AccountId, string Status, string? PostLink, string? Error, bool Unknown, Guid? DeadLetterId);
