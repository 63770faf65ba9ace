using System.Net;
using System.Text.Json;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Support;

public sealed class WriteNoteTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How the first call ends; what follows works.</summary>
    [Theory]
    [InlineData(true, 200, 1, 0)]
    [InlineData(true, 503, 1, 1)] // it was found by its mark
    [InlineData(false, 503, 2, 2)] // it was not there when the window had passed
    [InlineData(false, 401, 2, 0)] // it surely was not written
    public async Task However_the_call_ends_agents_see_the_draft_once(bool hasEffect, int status, int sends, int looks)
    {
        await using var world = await NoteWorld.CreateAsync(postgres);
        var approval = await world.DraftAsync();
        await world.EditAsync(approval); // the note has the words of the draft
        world.Desk.Posts.Enqueue((hasEffect, (HttpStatusCode)status));

        await world.RunForAsync(Hour);
        await world.RunAgainAsync(approval);
        await world.RunForAsync(Hour);

        Assert.Equal((sends, looks, ("9", null)), (world.Desk.Sends, world.Desk.Looks, await world.NoteAsync()));
        var note = JsonDocument.Parse(Assert.Single(world.Desk.Messages)).RootElement;
        Assert.Equal(
            $$"""{"hotdash_mark":"{{await world.MarkAsync()}}","ai_generated":true,"hotdash_approval":"{{approval}}"}""",
            note.GetProperty("content_attributes").GetRawText());
        Assert.NotEqual(approval, await world.MarkAsync()); // it would be taken for the reply
        Assert.True(note.GetProperty("private").GetBoolean());
        Assert.EndsWith("0.9). The customer gets it when somebody approves it in HotDash.\n\nOn its way\n— https://shop.example/shipping", note.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_worker_that_died_in_the_call_is_followed_by_one_that_looks_first(bool hadEffect, int sends)
    {
        await using var world = await NoteWorld.CreateAsync(postgres);
        await world.DraftAsync();
        await world.ExecuteAsync("update support_drafts set note_at = hotdash_now()");
        if (hadEffect)
            world.Desk.Add($$$"""{"content_attributes":{"hotdash_mark":"{{{await world.MarkAsync()}}}"}}""");

        await world.RunForAsync(new ApprovalOptions().SettleWindow + TimeSpan.FromSeconds(5));
        var early = world.Desk.Sends;
        await world.RunForAsync(Hour);

        Assert.Equal((0, sends, "9"), (early, world.Desk.Sends, (await world.NoteAsync()).Id));
        Assert.Single(world.Desk.Messages);
    }

    [Fact]
    public async Task Nobody_else_gets_the_job_while_its_call_may_be_under_way()
    {
        await using var world = await NoteWorld.CreateAsync(postgres);
        await world.DraftAsync();
        var job = (await world.ClaimAsync())!;
        ClaimedJob? other = null;
        world.Desk.Meanwhile = async () =>
        {
            await world.PassAsync(TimeSpan.FromSeconds(25));
            other = await world.ClaimAsync();
        };

        await world.PassAsync(TimeSpan.FromSeconds(40)); // most of its lease
        await world.RunAsync(job);

        Assert.Equal((null, 1, "9"), (other, world.Desk.Sends, (await world.NoteAsync()).Id));
    }

    [Fact]
    public async Task What_Chatwoot_refuses_is_a_dead_letter_with_the_very_note()
    {
        await using var world = await NoteWorld.CreateAsync(postgres);
        var approval = await world.DraftAsync();
        world.Desk.Posts.Enqueue((false, HttpStatusCode.UnprocessableEntity));

        await world.RunForAsync(Hour);
        await world.RunAgainAsync(approval);
        await world.RunForAsync(Hour);

        var letter = Assert.Single(await world.LettersAsync());
        Assert.Equal((1, "rejected"), (world.Desk.Sends, (await world.NoteAsync()).Failure));
        Assert.Equal(("chatwoot", "send-note", "bot"), (letter.Integration, letter.Operation, letter.Origin));
    }
}
