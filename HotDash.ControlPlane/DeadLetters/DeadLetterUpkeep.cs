using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>What is done from time to time. Running twice at once is harmless.</summary>
public sealed class DeadLetterUpkeep(NpgsqlDataSource store)
{
    private const int Batch = 1000;
    private static readonly TimeSpan PreviewsKept = TimeSpan.FromDays(1);

    /// <summary>Adds the changes since the last time to the counters.</summary>
    public Task FoldAsync(CancellationToken ct) => store.ExecuteAsync(
        """
        with gone as (delete from dead_letter_changes returning cause_id, state, letters)
        insert into dead_letter_counts (cause_id, state, letters)
        select cause_id, state, sum(letters) from gone group by cause_id, state order by cause_id, state
        on conflict (cause_id, state) do update set letters = dead_letter_counts.letters + excluded.letters
        """,
        null, ct);

    /// <summary>Letters whose worker died, and whose replay was cancelled, paused or stopped before another one could take over.</summary>
    /// <param name="abandonedAfter">A call that began longer ago has ended.</param>
    public Task ReleaseAsync(TimeSpan abandonedAfter, CancellationToken ct) => store.ExecuteAsync(
        """
        update dead_letters l set state = 'unknown', unknown_at = hotdash_now(), attempt_id = null, attempt_at = null
        from dead_letter_replays r
        where l.state = 'replaying' and l.subject is null and l.attempt_at < hotdash_now() - @abandonedAfter
          and r.id = l.replay_id and r.state <> 'running'
        """,
        new { abandonedAfter }, ct);

    /// <summary>Deletes what was settled, and replays that ended, longer ago than <paramref name="kept"/>, and forgotten previews.</summary>
    public async Task PruneAsync(TimeSpan kept, CancellationToken ct)
    {
        await store.ExecuteAsync(
            """
            delete from dead_letter_replays
            where (ended_at < hotdash_now() - @kept) or (state = 'preview' and created_at < hotdash_now() - @PreviewsKept)
            """,
            new { kept, PreviewsKept }, ct);

        while (await store.ExecuteAsync(
            """
            delete from dead_letters where id in (
                select id from dead_letters where settled_at < hotdash_now() - @kept and state in ('replayed', 'discarded')
                order by settled_at limit @Batch for update skip locked)
            """,
            new { kept, Batch }, ct) == Batch)
        {
        }
    }
}
