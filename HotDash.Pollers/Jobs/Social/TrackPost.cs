using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>
/// Follows one attempt until each of its posts has ended or waits again: asks Publer's job while there is one, and looks the posts
/// up when nobody knows whether the call had an effect. Posts that are not there after the whole window were not made.
/// </summary>
internal sealed class TrackPost(
    PublerClient publer, PublerOptions publerOptions, SocialLedger ledger, SocialOutcomes outcomes, SocialTiming timing, IOptions<SocialOptions> options)
    : IJob<TrackPostPayload>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private const int LongList = 10;
    private static readonly TimeSpan BetweenLookUps = TimeSpan.FromSeconds(15);

    public async Task<JobOutcome> RunAsync(TrackPostPayload payload, JobContext context, CancellationToken ct)
    {
        if (await ledger.FindAsync(payload.AttemptId, ct) is not { } attempt)
            return JobOutcome.Done;
        if (publerOptions.State is not IntegrationState.Live)
            return JobOutcome.Snooze(Longest); // it cannot be asked; nothing is decided meanwhile

        return attempt.Phase switch
        {
            AttemptPhase.Sending => await AbandonedAsync(attempt, context, ct),
            AttemptPhase.Submitted => await FollowAsync(attempt, context, ct),
            _ => await LookUpAsync(attempt, context, ct),
        };
    }

    private async Task<JobOutcome> AbandonedAsync(AttemptInFlight attempt, JobContext context, CancellationToken ct)
    {
        if (attempt.Age < timing.AbandonedAfter)
            return JobOutcome.Snooze(Later(attempt.Age));

        await context.InFencedTransactionAsync((_, transaction) => SocialOutcomes.UnknownAsync(transaction, attempt.Id, ct), ct);
        return JobOutcome.Snooze(TimeSpan.Zero);
    }

    private async Task<JobOutcome> FollowAsync(AttemptInFlight attempt, JobContext context, CancellationToken ct)
    {
        var job = await AskAsync(attempt, ct);
        if (job is { State: PublerJobState.Working } && attempt.Age < options.Value.TrackLimit)
            return JobOutcome.Snooze(Later(attempt.Age));

        if (job.State is not PublerJobState.Working && attempt.SinceDone is null)
        {
            await context.InFencedTransactionAsync((_, transaction) => SocialOutcomes.DoneAsync(transaction, attempt.Id, ct), ct);
            attempt = attempt with { SinceDone = TimeSpan.Zero };
        }

        var ends = Settlement.Of(attempt, job, (await FindAsync(attempt, ct)).Found, isLastLook: attempt.SinceDone is null || attempt.SinceDone >= options.Value.SettleWindow);
        if (ends is not [])
            await context.InFencedTransactionAsync((_, transaction) => outcomes.EndAsync(transaction, attempt.Id, ends, ct), ct);

        return ends.Count == attempt.Targets.Count ? JobOutcome.Done : JobOutcome.Snooze(Later(attempt.SinceDone ?? TimeSpan.Zero));
    }

    /// <summary>A job that cannot be asked about is as good as one that still works: until the limit.</summary>
    private async Task<PublerJob> AskAsync(AttemptInFlight attempt, CancellationToken ct)
    {
        try
        {
            return await publer.GetJobAsync(attempt.ProviderJobId!, ct);
        }
        catch (IntegrationException)
        {
            return new PublerJob(PublerJobState.Working, []);
        }
    }

    private async Task<JobOutcome> LookUpAsync(AttemptInFlight attempt, JobContext context, CancellationToken ct)
    {
        var look = await FindAsync(attempt, ct);

        // The window had passed before the look-up began, or what is missing proves nothing.
        var isProof = look.IsWhole && attempt.Age >= options.Value.SettleWindow;
        var ends = Settlement.Of(look.Found).Concat(Abandoned(attempt, look)).ToList();
        Count(attempt, look, isProof);

        await context.InFencedTransactionAsync(async (_, transaction) =>
        {
            await outcomes.EndAsync(transaction, attempt.Id, ends, ct);
            if (isProof)
                await outcomes.ReturnAsync(transaction, attempt.Id, new(IntegrationCodes.Unavailable, TimeSpan.Zero, Counted: true), ct);
        }, ct);

        return isProof || ends.Count == attempt.Targets.Count ? JobOutcome.Done : JobOutcome.Snooze(NextLookUp(attempt, look));
    }

    /// <summary>While the provider's list cannot be read: wait, and in the end leave what is missing to a person. Never send blindly.</summary>
    private IEnumerable<TargetEnd> Abandoned(AttemptInFlight attempt, Look look) => !look.IsWhole && attempt.Age >= options.Value.LookUpLimit
        ? attempt.Targets.Where(target => !look.Found.ContainsKey(target)).Select(Settlement.Unknown)
        : [];

    /// <summary>Reads no further than to the last of the attempt's posts: at a busy provider the list is long, and the limit is not.</summary>
    private async Task<Look> FindAsync(AttemptInFlight attempt, CancellationToken ct)
    {
        var look = new Look(new Dictionary<TargetInFlight, PublerPostRecord>(), IsWhole: false, Pages: 0);
        var (records, bound) = (new List<PublerPostRecord>(), new HashSet<string>(StringComparer.Ordinal));
        var (from, to) = PostMatch.Days(attempt, options.Value.ClockSkew);
        try
        {
            await foreach (var page in publer.ListPostsAsync(from, to, ct))
            {
                records.AddRange(page);
                bound.UnionWith(await ledger.BoundAsync(page.Select(record => record.Id), ct));
                look = look with { Found = PostMatch.Find(attempt, records, bound, options.Value.ClockSkew), Pages = look.Pages + 1 };
                if (look.Found.Count == attempt.Targets.Count)
                    break;
            }

            return look with { IsWhole = true };
        }
        catch (IntegrationException)
        {
            return look;
        }
    }

    private static void Count(AttemptInFlight attempt, Look look, bool isProof)
    {
        SocialTelemetry.LookUps.Add(look.Found.Count, new KeyValuePair<string, object?>("result", "found"));
        if (look.IsWhole)
            SocialTelemetry.LookUps.Add(attempt.Targets.Count - look.Found.Count, new KeyValuePair<string, object?>("result", isProof ? "absent" : "not_yet"));
    }

    private static TimeSpan Later(TimeSpan age) => age < Shortest ? Shortest : age > Longest ? Longest : age;

    /// <summary>Reading a long list to its end costs the limit much: after one time in vain, the next is the one that proves something.</summary>
    private TimeSpan NextLookUp(AttemptInFlight attempt, Look look)
    {
        var left = options.Value.SettleWindow - attempt.Age;
        return left > TimeSpan.Zero && look.Pages > LongList ? left
            : left > TimeSpan.Zero && left < BetweenLookUps ? left : attempt.Age < BetweenLookUps ? Later(attempt.Age) : BetweenLookUps;
    }

    /// <summary>What the provider's list shows of an attempt.</summary>
    /// <param name="Found">Counts also when a later page could not be read.</param>
    /// <param name="IsWhole">Whether what is not found is not in the list.</param>
    private sealed record Look(IReadOnlyDictionary<TargetInFlight, PublerPostRecord> Found, bool IsWhole, int Pages);
}
