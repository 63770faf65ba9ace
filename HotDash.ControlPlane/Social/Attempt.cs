using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.Integrations.Publer;

namespace HotDash.ControlPlane.Social;

/// <summary>What a claim answers.</summary>
/// <param name="Attempt">To be made now, if any.</param>
/// <param name="Wait">Something of the post waits still: ask again after this long. Null: this job is not needed any more.</param>
/// <param name="Missed">The post's time has passed by too much.</param>
public sealed record Claim(Attempt? Attempt, TimeSpan? Wait, bool Missed = false)
{
    public static readonly Claim Nothing = new(null, null);
}

/// <summary>Posts that are handed over in one call, written down before it is made.</summary>
/// <param name="Scheduled">Each with its time, rather than to be published at once.</param>
public sealed record Attempt(Guid Id, bool Scheduled, IReadOnlyList<AttemptPost> Posts);

/// <summary>A post of an attempt, with the accounts that it is for.</summary>
public sealed record AttemptPost(string JobId, string Text, DateTimeOffset? ScheduledAt, IReadOnlyList<PublerAccount> Accounts);

/// <summary>Whether Publer took the attempt; it is unknown when its answer was lost.</summary>
public enum AttemptPhase { Sending, Submitted, Unknown }

/// <summary>An attempt that is being followed, with those of its targets that have not ended.</summary>
/// <param name="Age">Since it was written down, by the store's clock, when this was read.</param>
/// <param name="SinceDone">Since the provider first said that its job has ended; null while it has not.</param>
public sealed record AttemptInFlight(
    Guid Id,
    AttemptPhase Phase,
    bool Scheduled,
    DateTimeOffset StartedAt,
    TimeSpan Age,
    TimeSpan? SinceDone,
    string? ProviderJobId,
    IReadOnlyList<TargetInFlight> Targets);

/// <summary>A post on one account, whose end is not known yet.</summary>
public sealed record TargetInFlight(string JobId, string AccountId, string Text, DateTimeOffset? ScheduledAt);

/// <summary>How one target ended.</summary>
/// <param name="Error">For whoever asked for the post; it may be the provider's words.</param>
/// <param name="Unknown">Nobody could find out; a person must look.</param>
/// <param name="Code">Of a failure: a code of docs/errors.md.</param>
/// <param name="Summary">Of a failure, in our own words; null when <paramref name="Error"/> is.</param>
/// <param name="MayBeSentAgain">Not what people refused: it is no dead letter.</param>
public sealed record TargetEnd(
    string JobId,
    string AccountId,
    bool Complete,
    string? ProviderPostId = null,
    string? PostLink = null,
    string? Error = null,
    bool Unknown = false,
    string Code = IntegrationCodes.Rejected,
    string? Summary = null,
    bool MayBeSentAgain = true)
{
    internal LetterFailure Failure => new(Code, Summary ?? Error ?? "The post failed.", Unknown);
}
