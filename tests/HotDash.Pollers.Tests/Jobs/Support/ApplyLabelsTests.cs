using System.Net;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.Pollers.Jobs.Support;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Support;

public sealed class ApplyLabelsTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chatwoot_gets_the_labels_of_what_was_set_here_and_keeps_those_that_mean_nothing()
    {
        await using var world = await LabelWorld.CreateAsync(postgres);
        await world.Labels.SetAsync("42", ["delivery"], "ada", Ct);
        world.Chatwoot.Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.Unauthorized) // which say nothing of this conversation
            .Replies(HttpStatusCode.OK, """{"payload":["vip","returns"]}""").Replies(HttpStatusCode.OK, """{"payload":["vip","shipping"]}""");

        await world.RunForAsync(Hour);

        Assert.Equal("""{"labels":["vip","shipping"]}""", world.Chatwoot.Requests[3].Body);
        Assert.Equal("delivery, said by shipping vip", await world.ShowAsync("42"));
    }

    [Fact]
    public async Task What_is_set_while_a_call_is_under_way_is_set_in_Chatwoot_too()
    {
        await using var world = await LabelWorld.CreateAsync(postgres);
        await world.Labels.SetAsync("42", ["delivery"], "ada", Ct);
        world.Chatwoot
            .Replies(async (_, ct) =>
            {
                await world.Labels.SetAsync("42", ["refund"], "ben", ct);
                return new(HttpStatusCode.OK) { Content = new StringContent("""{"payload":["shipping"]}""") };
            })
            .Replies(HttpStatusCode.OK, """{"payload":["shipping"]}""")
            .Replies(HttpStatusCode.OK, """{"payload":["returns"]}""");

        await world.RunForAsync(Hour);

        Assert.Equal("refund, said by returns", await world.ShowAsync("42"));
        Assert.Equal(["GET", "GET", "POST"], world.Chatwoot.Requests.Select(request => request.Method)); // the first labels were right already
    }

    [Fact]
    public async Task What_Chatwoot_says_holds_unless_something_was_set_here_and_a_refusal_is_shown()
    {
        await using var world = await LabelWorld.CreateAsync(postgres);
        await world.Ledger.ToldAsync([new("41", ["returns", "vip"]), new("42", ["returns"])], Ct);
        await world.Labels.SetAsync("42", ["delivery"], "ada", Ct);
        await world.Ledger.ToldAsync([new("42", ["vip"])], Ct);
        world.Chatwoot.Replies(HttpStatusCode.NotFound);

        await world.RunForAsync(Hour);

        Assert.Equal(("refund, said by returns vip", "delivery, refused (not_found) by vip"), (await world.ShowAsync("41"), await world.ShowAsync("42")));
        await world.Labels.SetAsync("42", ["refund"], "ben", Ct);
        Assert.Equal("refund, not yet said by vip", await world.ShowAsync("42"));
    }

    [Fact]
    public async Task What_no_webhook_told_is_read_and_what_was_set_just_when_a_job_ended_gets_another()
    {
        await using var world = await LabelWorld.CreateAsync(postgres);
        await world.Labels.SetAsync("42", ["delivery"], "ada", Ct);
        await world.Labels.SetAsync("43", ["delivery"], "ada", Ct);
        world.Chatwoot
            .Replies(async (_, ct) =>
            {
                await world.Labels.SetAsync("42", ["refund"], "ben", ct);
                return new(HttpStatusCode.NotFound); // of what is not wanted any more
            })
            .Replies(HttpStatusCode.NotFound)
            .Replies(HttpStatusCode.OK, """{"data":{"meta":{"all_count":1},"payload":[{"id":41,"status":"open","inbox_id":3,"labels":["returns"],"created_at":1,"last_activity_at":1}]}}""");

        await world.RunForAsync(Hour);
        var before = (await world.ShowAsync("42"), await world.CountAsync("jobs"));
        await world.KeepAsync(live: false);
        await world.KeepAsync();

        Assert.Equal(("refund, not yet said by ", 0), before);
        Assert.Equal("refund, said by returns", await world.ShowAsync("41"));
        Assert.Equal(1, await world.CountAsync("jobs where kind = 'support.apply-labels' and payload like '%42%'"));
        Assert.Equal(1, await world.CountAsync("jobs where kind = 'support.apply-labels'"));
    }

    private sealed class LabelWorld : JobWorld
    {
        private readonly ServiceProvider _services;

        private LabelWorld(NpgsqlDataSource store)
            : base(store)
        {
            _services = ChatwootServices.Create(() => Chatwoot);
            (Labels, Ledger) = (new(store, Queue), new(store));
        }

        public StubProvider Chatwoot { get; } = new();

        public SupportLabels Labels { get; }

        public LabelLedger Ledger { get; }

        public static async Task<LabelWorld> CreateAsync(PostgresFixture postgres)
        {
            var world = await CreateAsync(postgres, store => new LabelWorld(store));
            foreach (var mapped in new MappedLabel[] { new("shipping", "delivery"), new("returns", "refund"), new("parcels", "delivery") })
            {
                await world.Labels.MapAsync(mapped, "ada", Ct);
                await world.PassAsync(TimeSpan.FromSeconds(1)); // the first that was mapped stands for the category
            }

            return world;
        }

        public async Task<string> ShowAsync(string conversationId)
        {
            var now = (await Labels.OfAsync(conversationId, Ct))!;
            var how = now switch { { Failure: { } failure } => $"refused ({failure})", { Waits: true } => "not yet said", _ => "said" };
            return $"{string.Join(' ', now.Categories)}, {how} by {string.Join(' ', now.Labels)}";
        }

        /// <summary>The recurring job.</summary>
        public async Task KeepAsync(bool live = true)
        {
            await using var services = ChatwootServices.Create(() => Chatwoot, live ? "test-token" : "");
            var job = new KeepLabels(Ledger, Queue, services.GetRequiredService<ChatwootClient>(), services.GetRequiredService<ChatwootOptions>());
            var claimed = await ByHandAsync();
            await job.RunAsync(Context(claimed), Ct);
            await HandInAsync(claimed.Done());
        }

        public override async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            Chatwoot.Dispose();
            await base.DisposeAsync();
        }

        protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e is IntegrationException ? Again(job) : base.Failed(job, e);

        protected override Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context) =>
            new ApplyLabels(Ledger, _services.GetRequiredService<ChatwootClient>()).RunAsync(Read<ApplyLabelsPayload>(job), context, Ct);
    }
}
