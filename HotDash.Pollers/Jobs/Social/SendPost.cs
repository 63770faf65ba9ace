using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>
/// Hands a post, and others that wait, to Publer in one call. The claim is written first, together with the <see cref="TrackPost"/>
/// that follows it, so this job may die at any point.
/// </summary>
internal sealed class SendPost(
    PublerClient publer, PublerOptions options, AccountCheck accounts, PostClaims claims, SocialOutcomes outcomes, SocialTiming timing, TimeProvider clock)
    : IJob<SendPostPayload>
{
    private static readonly TimeSpan WhileOff = TimeSpan.FromMinutes(1);

    public async Task<JobOutcome> RunAsync(SendPostPayload payload, JobContext context, CancellationToken ct)
    {
        if (options.State is not IntegrationState.Live)
            return JobOutcome.Snooze(WhileOff); // accepted while live: it is never answered from mock

        if (await accounts.WaitAsync(payload.JobId, context, ct) is { } wait)
            return JobOutcome.Snooze(wait);

        await context.EnsureLeaseAsync(timing.AbandonedAfter, ct);
        var call = new BoundedCall(timing.CallDeadline, context, clock);
        var claim = await ClaimAsync(payload.JobId, context, ct);

        if (claim.Attempt is { } attempt)
            await SendAsync(attempt, call, context, ct);

        return claim.Wait is { } later ? JobOutcome.Snooze(later) : JobOutcome.Done;
    }

    private async Task<Claim> ClaimAsync(string jobId, JobContext context, CancellationToken ct)
    {
        var claim = Claim.Nothing;
        await context.InFencedTransactionAsync(async (_, transaction) =>
        {
            claim = await claims.ClaimAsync(transaction, jobId, context.JobId, ct);
            if (claim.Missed)
                await outcomes.EndWaitingAsync(transaction, jobId, "missed", "Its time passed before it could be delivered.", ct);
        }, ct);

        return claim;
    }

    private async Task SendAsync(Attempt attempt, BoundedCall call, JobContext context, CancellationToken ct)
    {
        using var activity = SocialTelemetry.Activities.StartActivity("social.send");
        activity?.SetTag("hotdash.social.posts", attempt.Posts.Count);

        var result = await TryAsync(attempt, call, ct);
        SocialTelemetry.Attempts.Add(1, new KeyValuePair<string, object?>("outcome", result.Name));

        await context.InFencedTransactionAsync((_, transaction) => result.WriteAsync(transaction, attempt, outcomes, ct), ct);
    }

    private async Task<SendResult> TryAsync(Attempt attempt, BoundedCall call, CancellationToken ct)
    {
        try
        {
            return await call.MakeAsync(
                async limited => SendResult.Submitted(await publer.SubmitAsync([.. attempt.Posts.Select(post => Post(post, attempt.Scheduled))], limited)),
                tooLate: SendResult.NotSent("too_slow", TimeSpan.Zero), unanswered: SendResult.Unknown, needed: options.AttemptTimeout, ct);
        }
        catch (IntegrationException e)
        {
            return SendResult.Of(e, attempt);
        }
    }

    private static PublerPost Post(AttemptPost post, bool scheduled) => new(post.Text, post.Accounts, scheduled ? post.ScheduledAt : null);
}
