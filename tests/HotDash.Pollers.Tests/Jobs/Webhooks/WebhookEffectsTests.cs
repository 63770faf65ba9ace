using System.Net;
using System.Text;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Webhooks;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Webhooks;

public sealed class WebhookEffectsTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, IntegrationStatus.Disconnected)]
    [InlineData(HttpStatusCode.ServiceUnavailable, IntegrationStatus.Error)]
    public async Task An_app_is_believed_to_be_uninstalled_only_when_the_shop_refuses_its_key(HttpStatusCode status, IntegrationStatus standing)
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        for (var i = 0; i < 4; i++)
            pollers.Shopify.Replies(status, """{"errors":"[API] Invalid API key or access token"}""");

        await pollers.RunAsync("commerce.look-at-shopify", """{"eventId":"0199f2a0-0000-7000-8000-000000000001"}""");

        var view = await pollers.Services.GetRequiredService<IntegrationRegistry>().GetAsync("shopify", Ct);
        Assert.Equal(standing, view!.Standing.Status);
        Assert.Equal(standing is IntegrationStatus.Disconnected ? "the app was uninstalled from the shop" : "", await pollers.TextAsync("select reason from integration_pauses where integration = 'shopify'"));
    }

    [Fact]
    public async Task Whatever_happens_in_a_conversation_has_the_list_read_anew_within_seconds()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);

        foreach (var topic in NeededTopics.BySource["chatwoot"])
        {
            await pollers.ExecuteAsync(
                """
                delete from jobs;
                insert into jobs (id, kind, payload, unique_key, every, due_at, max_attempts)
                values (gen_random_uuid(), 'support.keep-conversations', 'null', 'recurring:support.keep-conversations', '5 minutes', hotdash_now() + interval '4 minutes', 1)
                """);
            await HandleAsync(pollers, topic);
            Assert.Equal("True", await pollers.TextAsync("select due_at < hotdash_now() + interval '6 seconds' from jobs where kind = 'support.keep-conversations'"));
        }
    }

    private static async Task HandleAsync(PollersOfWebhooks pollers, string topic)
    {
        await using var scope = pollers.Services.CreateAsyncScope();
        await using var connection = await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var body = $$"""{"event":"{{topic}}","id":7,"message_type":"outgoing","private":false,"created_at":"2026-11-21T12:00:00Z","status":"open","conversation":{"id":7,"status":"open"} }""";
        foreach (var handler in scope.ServiceProvider.GetServices<IWebhookHandler>().Where(handler => handler.Source is "chatwoot" && handler.Topics.Contains(topic)))
        {
            await handler.HandleAsync(
                new() { Id = Guid.CreateVersion7(), Source = "chatwoot", Topic = topic, Resource = "conversation/7", ReceivedAt = DateTimeOffset.UtcNow, Body = Encoding.UTF8.GetBytes(body) },
                transaction, Ct);
        }

        await transaction.CommitAsync(Ct);
    }
}
