using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>Says how many posts are late, ends those that people did not approve, and forgets old idempotency keys.</summary>
internal sealed partial class WatchPosts(SocialLedger ledger, SocialOutcomes outcomes, IOptions<SocialOptions> options, ILogger<WatchPosts> logger) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        var late = await ledger.CountLateAsync(options.Value.LateAfter, ct);
        SocialTelemetry.Late.Record(late);
        if (late > 0)
            LogLate(late, options.Value.LateAfter);

        await context.InFencedTransactionAsync((_, transaction) => outcomes.EndUnapprovedAsync(transaction, ct), ct);
        await ledger.PruneIdempotencyKeysAsync(options.Value.IdempotencyKeysKept, ct);
        return JobOutcome.Done;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Late} posts are unfinished although they were accepted more than {Limit} ago.")]
    private partial void LogLate(long late, TimeSpan limit);
}
