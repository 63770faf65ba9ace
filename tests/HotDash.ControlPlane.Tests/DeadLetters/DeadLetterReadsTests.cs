using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Reads;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.DeadLetters;

public sealed class DeadLetterReadsTests(PostgresFixture postgres) : DeadLetterTest(postgres)
{
    [Fact]
    public async Task Each_filter_chooses_its_letters_and_no_others()
    {
        var note = await KeepAsync();
        var label = await KeepAsync(operation: "set-labels");
        var post = await KeepAsync("publer", "publish-post", "timeout", unknown: true);
        await Decisions.DiscardAsync(Only(label), "Ada", "not needed", Ct);

        Assert.Equal([post, label, note], await ListAsync(new()));
        Assert.Equal([label, note], await ListAsync(new() { Integration = "chatwoot" }));
        Assert.Equal([note], await ListAsync(new() { Operation = "send-note" }));
        Assert.Equal([post], await ListAsync(new() { Failure = "timeout" }));
        Assert.Equal([post], await ListAsync(new() { Text = "(TIME" }));
        Assert.Equal([label], await ListAsync(new() { State = LetterState.Discarded }));
        Assert.Equal([note], await ListAsync(new() { State = LetterState.Pending, Text = "it failed" }));
        Assert.Empty(await ListAsync(new() { Text = "%" }));
        Assert.Empty(await ListAsync(new() { Text = "it_failed" }));
        Assert.Empty(await ListAsync(new() { Integration = "chatwoot", Failure = "timeout" }));
    }

    [Fact]
    public async Task A_time_span_begins_with_its_first_moment_and_ends_before_its_last()
    {
        var ids = new[] { await KeepAsync(), await KeepAsync(), await KeepAsync() };
        var times = new List<DateTimeOffset>();
        foreach (var id in ids)
            times.Add((await Reads.FindAsync(id, Ct))!.Letter.KeptAt);

        var between = await ListAsync(new() { From = times[0], To = times[2] });

        Assert.Equal([ids[1], ids[0]], between);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("failed")]
    public async Task Pages_follow_each_other_without_gap_or_repetition(string? text)
    {
        var kept = new List<Guid>();
        for (var number = 0; number < 7; number++)
            kept.Insert(0, await KeepAsync(code: number % 2 == 0 ? "timeout" : "network"));

        var listed = new List<Guid>();
        DeadLetterPosition? after = null;
        do
        {
            var page = await Reads.ListAsync(new() { Text = text }, after, 3, Ct);
            listed.AddRange(page.Items.Select(letter => letter.Id));
            after = page.Next is { } next ? Cursor.TryParse<DeadLetterPosition>(next.ToString()) : null;
        }
        while (after is not null);

        Assert.Equal(kept, listed);
    }

    [Fact]
    public async Task Groups_count_by_cause_before_and_after_folding()
    {
        var first = await KeepAsync();
        await KeepAsync();
        await KeepAsync("publer", "publish-post", "timeout", unknown: true);
        await Decisions.DiscardAsync(Only(first), "Ada", "not needed", Ct);

        var before = await Reads.GroupsAsync(new(), Ct);
        await Upkeep.FoldAsync(Ct);
        await Upkeep.FoldAsync(Ct);
        var after = await Reads.GroupsAsync(new(), Ct);

        Assert.Equal(before, after);
        Assert.Equal(
            [("send-note", 1, 0, 1), ("publish-post", 0, 1, 0)],
            after.Select(group => (group.Operation, group.Pending, group.Unknown, group.Discarded)));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from dead_letter_changes"));
    }

    [Fact]
    public async Task Groups_count_what_was_deleted_no_more()
    {
        await Decisions.DiscardAsync(Only(await KeepAsync(), await KeepAsync()), "Ada", "not needed", Ct);
        var open = await KeepAsync();

        await new DeadLetterUpkeep(After(TimeSpan.FromDays(8))).PruneAsync(TimeSpan.FromDays(7), Ct);

        Assert.Equal([open], await ListAsync(new()));
        Assert.Equal((1, 0), ((await Reads.GroupsAsync(new(), Ct)).Single().Pending, (await Reads.GroupsAsync(new(), Ct)).Single().Discarded));
    }

    private async Task<List<Guid>> ListAsync(DeadLetterFilter filter) => [.. (await Reads.ListAsync(filter, null, 50, Ct)).Items.Select(letter => letter.Id)];
}
