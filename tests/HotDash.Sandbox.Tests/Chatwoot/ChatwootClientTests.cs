using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.TestKit.Contracts;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Chatwoot;

/// <summary>HotDash's client and the sandbox, with each other and against Chatwoot's own description.</summary>
public sealed class ChatwootClientTests
{
    private const string Limit = "Integrations:Limits:chatwoot";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AssigneeType.All)]
    [InlineData(AssigneeType.Unassigned)]
    [InlineData(AssigneeType.Me)]
    public async Task All_conversations_come_page_by_page(AssigneeType assignee)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync((Limit, "1000/1s"));
        await using var clients = sandbox.Clients();
        var chatwoot = clients.GetRequiredService<ChatwootClient>();

        var first = await chatwoot.ListConversationsAsync(new(Assignee: assignee), 1, Cancellation);
        var second = await chatwoot.ListConversationsAsync(new(Assignee: assignee), 2, Cancellation);

        var expected = assignee switch { AssigneeType.All => first.Totals.All, AssigneeType.Me => first.Totals.Mine, _ => first.Totals.Unassigned };
        Assert.Equal(expected, first.Items.Concat(second.Items).DistinctBy(conversation => conversation.Id).Count());
        Assert.Equal(32, first.Totals.All);
        Assert.Equal(first.Totals.All, first.Totals.Assigned + first.Totals.Unassigned);
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_is_found_by_its_mark_and_is_there_once()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync((Limit, "1000/1s"));
        await using var clients = sandbox.Clients(Attempts.Several);
        var chatwoot = clients.GetRequiredService<ChatwootClient>();
        var replays = clients.GetServices<IReplayable>().Single(adapter => adapter.CanReplay(ChatwootWrites.SendNote));
        var note = new NewMessage("3", "Only once", Private: true, Guid.CreateVersion7(sandbox.Clock.GetUtcNow()));
        var letter = ChatwootWrites.ToRequest(note, clients.GetRequiredService<ChatwootOptions>());
        var before = await replays.FindExistingAsync(letter, Cancellation);
        await sandbox.FaultAsync(new { provider = "chatwoot", kind = "lost-answer", method = "POST" });

        var lost = await Assert.ThrowsAsync<NetworkException>(() => chatwoot.WriteAsync(note, Cancellation));
        await sandbox.Http.DeleteAsync("/_sandbox/faults", Cancellation);
        for (var other = 0; other < 30; other++)
            await chatwoot.ReplyAsync(clients.Guarded(GuardedKinds.SupportReply).Approve(Guid.CreateVersion7(), note.ConversationId, note.Text), Cancellation);

        var found = await replays.FindExistingAsync(letter, Cancellation);

        Assert.Null(before);
        Assert.True(lost.OutcomeUnknown);
        var effect = Assert.Single(await sandbox.LedgerAsync("chatwoot", "note.created"));
        Assert.Equal(effect.Text("details", "messageId"), found!.Id);
    }

    [Fact]
    public async Task A_throttled_call_is_worth_a_window()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync((Limit, "1/90s"));
        await using var clients = sandbox.Clients(settings: (Limit, "1/90s"));
        var chatwoot = clients.GetRequiredService<ChatwootClient>();
        await chatwoot.ListAgentsAsync(Cancellation);

        var throttled = await Assert.ThrowsAsync<RateLimitException>(() => chatwoot.ListAgentsAsync(Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(90), throttled.RetryAfter);
    }

    [Fact]
    public async Task A_failing_server_is_told_from_one_that_works()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients();
        var chatwoot = clients.GetRequiredService<ChatwootClient>();
        await sandbox.SettingsAsync(new { chatwoot = new { failing = "data" } });

        var health = await chatwoot.GetHealthAsync(Cancellation);

        Assert.True(await chatwoot.IsAliveAsync(Cancellation));
        Assert.Equal((true, false), (health.QueueWorks, health.DatabaseWorks));
    }

    [Fact]
    public async Task Every_request_and_every_answer_of_the_sandbox_is_as_chatwoot_describes_them()
    {
        var file = OfficialContracts.Find("chatwoot/chatwoot-application.trimmed.openapi.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        var contract = OpenApiContract.Load(file).Allow("/components/schemas/conversation/properties/status/enum", "snoozed"); // servers answer it
        using var watched = new ContractHandler(contract, "/chatwoot", new SocketsHttpHandler());
        await using var sandbox = await SandboxUnderTest.StartAsync((Limit, "1000/1s"));
        await sandbox.SettingsAsync(new { chatwoot = new { webhookShape = "bare" } }); // servers wrap it; the description does not
        await using var clients = sandbox.Clients(wires: [("chatwoot", watched)]);

        await WalkAsync(clients);

        Assert.Equal(18, watched.Exchanges);
        Assert.Empty(watched.Problems);
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    /// <summary>Every call of the client that Chatwoot describes.</summary>
    private static async Task WalkAsync(ServiceProvider clients)
    {
        var chatwoot = clients.GetRequiredService<ChatwootClient>();
        var note = new NewMessage("3", "A note", Private: true, Guid.CreateVersion7());

        await chatwoot.GetProfileAsync(Cancellation);
        await chatwoot.ListConversationsAsync(new(), 1, Cancellation);
        await chatwoot.ListConversationsAsync(new(ConversationStatus.Open, AssigneeType.Assigned, 1, "shipping", "parcel"), 1, Cancellation);
        await chatwoot.GetConversationAsync("3", Cancellation);
        await chatwoot.WriteAsync(note, Cancellation);
        await chatwoot.ReplyAsync(clients.Guarded(GuardedKinds.SupportReply).Approve(note.Mark, note.ConversationId, note.Text), Cancellation);
        var messages = await chatwoot.ListMessagesAsync("3", null, Cancellation);
        await chatwoot.ListMessagesAsync("3", messages[^1].Id, Cancellation);
        await chatwoot.GetLabelsAsync("3", Cancellation);
        await chatwoot.SetLabelsAsync("3", ["vip"], Cancellation);
        await chatwoot.AssignAsync("3", 2, Cancellation);
        await chatwoot.SetStatusAsync("3", ConversationStatus.Snoozed, DateTimeOffset.UnixEpoch.AddDays(20_000), Cancellation);
        await chatwoot.SetStatusAsync("3", ConversationStatus.Resolved, null, Cancellation);
        await chatwoot.ListAgentsAsync(Cancellation);
        await chatwoot.ListLabelsAsync(Cancellation);
        var webhook = await chatwoot.AddWebhookAsync(new("https://hotdash.example/webhooks/chatwoot"), ["message_created"], Cancellation);
        await chatwoot.ChangeWebhookAsync(webhook.Id, new("https://hotdash.example/webhooks/chatwoot"), ["message_created", "conversation_created"], Cancellation);
        await chatwoot.ListWebhooksAsync(Cancellation);
    }
}
