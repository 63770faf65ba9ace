using System.Net;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Tests.Approvals;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tests.Support;

/// <summary>What Chatwoot's webhook told stands in for Chatwoot while it is away, and never when it says that there is no such conversation.</summary>
public sealed class WhileChatwootIsAwayTests(PostgresFixture postgres) : ApprovalsTest(postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SupportVault _vault = new(new EphemeralDataProtectionProvider());

    private SupportMessages Messages => new(Store, _vault);

    [Fact]
    public async Task A_transcript_has_the_messages_that_were_told_and_the_time_of_the_newest()
    {
        using var chatwoot = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.NotFound);
        await using var services = ChatwootServices.Of(chatwoot);
        await TellAsync(7, 9);

        var away = await Transcripts(services).OfAsync("42", Ct);
        var gone = await Assert.ThrowsAsync<IntegrationException>(() => Transcripts(services).OfAsync("42", Ct));

        Assert.Equal((Sources.Snapshot, Noon.AddMinutes(9), "unavailable"), (away.Source, away.AsOf, Assert.Single(away.Warnings).Code));
        Assert.Equal(["7", "9"], away.Value.Lines.Select(line => line.Id));
        Assert.Equal(IntegrationCodes.NotFound, gone.Code);
    }

    [Fact]
    public async Task A_transcript_of_what_never_ends_says_that_it_is_not_whole()
    {
        using var chatwoot = new StubProvider();
        for (var page = 50; page > 0; page--)
            chatwoot.Replies(HttpStatusCode.OK, $$"""{"payload":[{"id":{{page}},"message_type":0,"created_at":1772366400,"private":false,"content":"Hello"}]}""");
        await using var services = ChatwootServices.Of(chatwoot);

        var answer = await Transcripts(services).OfAsync("42", Ct);

        Assert.Equal(("truncated", 50, "1"), (Assert.Single(answer.Warnings).Code, answer.Value.Lines.Count, answer.Value.Lines[0].Id));
    }

    [Fact]
    public async Task A_draft_answers_the_newest_message_that_was_told()
    {
        using var chatwoot = new StubProvider().Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.NotFound);
        await using var services = ChatwootServices.Of(chatwoot);
        var drafts = new SupportDrafts(Store, Approvals, new GuardedOperations(services.GetServices<IGuardedOperation>()), _vault, Messages, Queue);
        await TellAsync(7, 9);

        var taken = await drafts.SubmitAsync(Draft(), "bot", Ct);
        var gone = await Assert.ThrowsAsync<IntegrationException>(() => drafts.SubmitAsync(Draft(), "bot", Ct));

        Assert.Equal(("9", "9"), (taken.Answers, taken.Approval.TargetVersion));
        Assert.Equal(IntegrationCodes.NotFound, gone.Code);
    }

    [Fact]
    public void The_same_words_of_another_agent_are_another_draft()
    {
        var draft = Draft();

        Assert.Equal(draft.Fingerprint("9", "bot"), Draft().Fingerprint("9", "bot"));
        Assert.Equal(4, new[] { draft.Fingerprint("9", "bot"), draft.Fingerprint("9", "ada"), draft.Fingerprint("7", "bot"), Draft("43").Fingerprint("9", "bot") }.Select(Convert.ToHexString).Distinct().Count());
    }

    private static Draft Draft(string conversationId = "42") => new() { ConversationId = conversationId, Content = "On its way", Confidence = 1, Sources = [] };

    private SupportTranscripts Transcripts(ServiceProvider services) =>
        new(services.GetRequiredService<ChatwootClient>(), services.GetRequiredService<ChatwootOptions>(), Messages, TimeProvider.System);

    private Task TellAsync(params int[] ids) => Messages.KeepAsync(
        "42", [.. ids.Select(id => new Message($"{id}", MessageKind.Incoming, Private: false, "Hello", "Mira", Noon.AddMinutes(id), Mark: null))], Ct);
}
