using System.Text;
using Dapper;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Webhooks;
using HotDash.Pollers.Jobs.Webhooks;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Webhooks;

/// <summary>The inbox, and a handler of <c>acme told</c> that does what a test says.</summary>
internal sealed class WebhookWorld : JobWorld, IWebhookHandler
{
    private readonly WebhookVault _vault = new(new EphemeralDataProtectionProvider());
    private readonly LaneCalls _lanes;

    private WebhookWorld(NpgsqlDataSource store)
        : base(store) => _lanes = new(store, Queue, Clock, NullLogger<LaneCalls>.Instance);

    public string Source { get; set; } = "acme";

    public IReadOnlyCollection<string> Topics { get; } = ["told", "message_created", "orders/updated"];

    /// <summary>Bodies in the order in which the handler saw them, also where it threw.</summary>
    public List<string> Seen { get; } = [];

    public Func<string, Exception?> Throws { get; set; } = _ => null;

    /// <summary>What comes to pass while a body is handled.</summary>
    public Func<string, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    public JobQueue Jobs => Queue;

    public NpgsqlDataSource Database => Store;

    private WebhookUpkeep Upkeep => new(Store, _lanes);

    public static async Task<WebhookWorld> CreateAsync(PostgresFixture postgres)
    {
        var world = await CreateAsync(postgres, store => new WebhookWorld(store));
        await world.ExecuteAsync("create table effects (id bigint generated always as identity, body text)");
        return world;
    }

    /// <summary>Keeps events, as <c>resource:body</c>.</summary>
    public async Task TellAsync(params string[] events)
    {
        foreach (var text in events)
            await KeepAsync("told", text.Split(':')[0], text);
    }

    public async Task<Guid> KeepAsync(string topic, string resource, string body, bool backfilled = false)
    {
        var id = Guid.CreateVersion7();
        var bytes = Encoding.UTF8.GetBytes(body);
        var row = new WebhookRow { Id = id, Source = Source, Subject = new(id.ToString(), topic, resource), Bytes = bytes.Length, Sealed = _vault.Seal(id, bytes), Backfilled = backfilled };
        await new WebhookStore(Store).KeepAsync([row], Ct);
        return id;
    }

    public Task SweepAsync() => Upkeep.SweepAsync(Ct);

    public Task<int> PruneAsync(TimeSpan retention) => Upkeep.PruneAsync(retention, 100, Ct);

    /// <summary>Sweeps every five seconds, as production does.</summary>
    public async Task RunSweptAsync(TimeSpan time)
    {
        for (var until = Now + time; Now < until;)
        {
            await SweepAsync();
            await RunForAsync(TimeSpan.FromSeconds(5));
        }
    }

    public async Task<string> StatesAsync() => await TextAsync("select string_agg(state, ' ' order by seq) from webhook_events");

    public async Task<string> TextAsync(string sql)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<string>(sql) ?? "";
    }

    public async Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var body = Encoding.UTF8.GetString(happened.Body.Span);
        Seen.Add(body);
        await transaction.Connection!.ExecuteAsync("insert into effects (body) values (@body)", new { body }, transaction);
        await Meanwhile(body);
        if (Throws(body) is { } failure)
            throw failure;
    }

    protected override Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context) => job.Kind is WebhookJobs.Handle
        ? new HandleWebhooks(new LaneEvents(Store, _vault), [this], Options.Create(new WebhookOptions()), Clock, NullLogger<HandleWebhooks>.Instance)
            .RunAsync(Read<HandleWebhooksPayload>(job), context, Ct)
        : Task.FromResult(JobOutcome.Done);
}
