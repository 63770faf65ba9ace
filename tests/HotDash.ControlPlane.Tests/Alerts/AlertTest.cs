using Dapper;
using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using static HotDash.ControlPlane.Tests.Rollouts.Evidences;

namespace HotDash.ControlPlane.Tests.Alerts;

/// <summary>A test with calls, answers and posts of some minutes ago.</summary>
public abstract class AlertTest(PostgresFixture postgres) : StoreTest(postgres)
{
    protected static IOptions<AlertOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new AlertOptions());

    protected AlertReads Alerts => new(Store);

    protected static IndicatorReads Reads(NpgsqlDataSource store) => new(store, Options, NullLogger<IndicatorReads>.Instance);

    protected AlertDecisions Decisions => new(Store, Nobody, Options);

    private AlertMessages Nobody => new(new JobQueue(Store, NullLogger<JobQueue>.Instance));

    private protected async Task CallAsync(string source, double minutesAgo, params (OutcomeKind Kind, long Calls)[] counts) =>
        await AddAsync("chatwoot", "list-conversations", source, minutesAgo, Kinds(counts));

    private protected Task AnswerAsync(string source, long answers) => AddAsync("publer", source, OutcomeSources.Answers, 1, Kinds((OutcomeKind.Ok, answers)));

    protected async Task PostAsync(string status, double minutesAgo, double? tookMinutes, int posts, string source = "publer")
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(
            """
            insert into social_posts (job_id, source, key_id, body, status, accepted_at, released_at, finished_at)
            select gen_random_uuid()::text, @source, gen_random_uuid(), 'text', @status, at, at, at + make_interval(secs => @took)
            from (select hotdash_now() - make_interval(secs => @ago) as at) post, generate_series(1, @posts)
            """,
            new { source, status, ago = minutesAgo * 60, took = tookMinutes * 60, posts });
    }

    protected async Task ApprovalAsync(string kind, string state, double minutesAgo, double? tookMinutes, int approvals, int required = 1)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(
            """
            insert into approvals (id, kind, account, target, hash, revision, state, risk, required, requester, authors, approved_by, created_at, expires_at, changed_at, decided_at)
            select gen_random_uuid(), @kind, 'account', 'target', 'hash', 1, @state, 1, @required, 'agent', '{}', '{}', at, at, at, at + make_interval(secs => @took)
            from (select hotdash_now() - make_interval(secs => @ago) as at) approval, generate_series(1, @approvals)
            """,
            new { kind, state, required, ago = minutesAgo * 60, took = tookMinutes * 60, approvals });
    }

    protected async Task DeliveryAsync(string source, string topic, double minutesAgo, bool backfilled = false)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(
            """
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, received_at, backfilled, bytes, body)
            values (gen_random_uuid(), @source, gen_random_uuid()::text, @topic, 'resource', 0, hotdash_now() - make_interval(secs => @ago), @backfilled, 0, '')
            """,
            new { source, topic, ago = minutesAgo * 60, backfilled });
    }

    /// <summary>What the job does, so many minutes from now.</summary>
    protected async Task CheckAsync(double minutes, bool dies = false)
    {
        var store = After(TimeSpan.FromMinutes(minutes));
        await new AlertChecks(Reads(store), Nobody, Options).RunAsync(async (work, ct) =>
        {
            await using var connection = await store.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await work(transaction);
            if (!dies)
                await transaction.CommitAsync(ct);
        }, Ct);
    }

    private async Task AddAsync(string integration, string operation, string source, double minutesAgo, long[] kinds)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(
            """
            insert into outcomes (at, integration, operation, source, kinds, latencies)
            values (hotdash_now() - make_interval(secs => @ago), @integration, @operation, @source, @kinds, '{}')
            """,
            new { integration, operation, source, ago = minutesAgo * 60, kinds });
    }
}
