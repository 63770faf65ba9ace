using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>What one call to hand posts over came to, and how that is written down.</summary>
internal sealed record SendResult(string Name, Func<NpgsqlTransaction, Attempt, SocialOutcomes, CancellationToken, Task> WriteAsync)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileLimited = TimeSpan.FromSeconds(30);

    /// <summary>Whether it had an effect is for <see cref="TrackPost"/> to find out.</summary>
    public static SendResult Unknown { get; } = new("unknown", (transaction, attempt, _, ct) =>
        SocialOutcomes.UnknownAsync(transaction, attempt.Id, ct));

    public static SendResult Submitted(string providerJobId) => new("submitted", (transaction, attempt, _, ct) =>
        SocialOutcomes.SubmittedAsync(transaction, attempt.Id, providerJobId, ct));

    /// <summary>It certainly had no effect, and that is nobody's fault.</summary>
    public static SendResult NotSent(string code, TimeSpan wait) => Returned(new(code, wait, Counted: false));

    public static SendResult Of(IntegrationException failure, Attempt attempt) => failure switch
    {
        { OutcomeUnknown: true } => Unknown,
        { Deferred: true } => NotSent(failure.Code, failure.RetryAfter ?? WhileLimited),
        { Retryable: false, Scope: FailureScope.Call } when attempt.Posts.Count == 1 => Rejected("Publer refused the post."),
        { Retryable: false, Scope: FailureScope.Call } => Returned(new(failure.Code, TimeSpan.Zero, Counted: false, Alone: true)),
        _ => Returned(new(failure.Code, failure.RetryAfter ?? FirstWait, Counted: true)),
    };

    private static SendResult Returned(PutBack why) => new("returned", (transaction, attempt, outcomes, ct) =>
        outcomes.ReturnAsync(transaction, attempt.Id, why, ct));

    private static SendResult Rejected(string reason) => new("rejected", (transaction, attempt, outcomes, ct) =>
        outcomes.EndAsync(
            transaction,
            attempt.Id,
            [.. attempt.Posts.SelectMany(post => post.Accounts.Select(account => new TargetEnd(post.JobId, account.Id, Complete: false, Error: reason)))],
            ct));
}
