using System.Net;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.ControlPlane.Tests.Support;

public sealed class SupportReadsTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const string Page =
        """{"data":{"meta":{"all_count":1},"payload":[{"id":42,"status":"open","inbox_id":3,"labels":["vip"],"created_at":1772366400,"last_activity_at":1772366400}]}}""";

    [Fact]
    public async Task What_was_refreshed_is_shown_while_chatwoot_is_away()
    {
        using var chatwoot = new StubProvider().Replies(HttpStatusCode.OK, Page).Replies(HttpStatusCode.OK, Page)
            .Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.ServiceUnavailable);
        await using var services = ChatwootServices.Of(chatwoot);
        var reads = Reads(services);

        await reads.RefreshAsync(Ct);
        var all = await reads.ListAsync(new(new(), null), Ct);
        var open = await reads.ListAsync(new(new(ConversationStatus.Open), null), Ct);

        Assert.All(new[] { all, open }, answer =>
        {
            Assert.Equal(("snapshot", "unavailable"), (answer!.Source, Assert.Single(answer.Warnings).Code));
            var conversation = Assert.Single(answer.Value.Page.Items);
            Assert.Equal(("42", ConversationStatus.Open, "vip"), (conversation.Id, conversation.Status, conversation.Labels[0]));
        });
    }

    [Fact]
    public async Task A_refresh_that_fails_says_so_to_its_job()
    {
        using var chatwoot = new StubProvider().Replies(HttpStatusCode.Unauthorized);
        await using var services = ChatwootServices.Of(chatwoot);

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => Reads(services).RefreshAsync(Ct));

        Assert.Equal(IntegrationCodes.Unauthorized, failure.Code);
    }

    [Fact]
    public async Task Without_credentials_nothing_is_refreshed()
    {
        using var chatwoot = new StubProvider();
        await using var services = ChatwootServices.Of(chatwoot, apiKey: "");

        await Reads(services).RefreshAsync(Ct);

        Assert.Empty(chatwoot.Requests);
    }

    private SupportReads Reads(ServiceProvider services) => new(
        services.GetRequiredService<ChatwootClient>(),
        services.GetRequiredService<ChatwootOptions>(),
        new ReadChain(new SnapshotStore(Store), new NoOutcomes(), TimeProvider.System, NullLogger<ReadChain>.Instance));
}
