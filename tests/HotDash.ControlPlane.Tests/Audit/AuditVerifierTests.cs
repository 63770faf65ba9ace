using System.Globalization;
using Dapper;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Audit;

public sealed class AuditVerifierTests(PostgresFixture postgres) : AuditTest(postgres)
{
    /// <summary>What is done to entries 1 to 9 of 9, which are chained and signed; and what is found, where.</summary>
    public static TheoryData<string, string> Manipulations => new()
    {
        { "update audit_entries set actor = 'nobody' where seq = 4", "Altered 4-4" },
        { "update audit_entries set after = '{\"on\": false, \"percent\": 12.5}' where seq = 1", "Altered 1-1" },
        { "update audit_entries set why = '' where seq = 9 and why is null", "Altered 9-9" },
        { "update audit_entries set at = at - interval '1 microsecond' where seq = 9", "Altered 9-9" },
        { "update audit_entries set kind = 'fla', object_id = 'g' || object_id where seq = 5", "Altered 5-5" },
        { "delete from audit_entries where seq = 4", "Missing 4-4" },
        { "delete from audit_entries where seq in (1, 2, 6)", "Missing 1-2, Missing 6-6" },
        { "delete from audit_entries where seq > 7", "CutTail 8-9" },
        { "delete from audit_entries where seq > 7; update audit_chain set seq = 7, hash = (select hash from audit_entries where seq = 7)", "CutTail 8-9" },
        { "delete from audit_entries; update audit_chain set seq = 0", "CutTail 1-9" },
        { "update audit_entries set seq = null, hash = null where seq = 9", "CutTail 9-9" },
        { "update audit_entries set seq = case seq when 3 then -4 else -3 end where seq in (3, 4); update audit_entries set seq = -seq where seq < 0", "Altered 3-3, Altered 4-4, Altered 5-5" },
        { "update audit_entries e set object_id = o.object_id, why = o.why from audit_entries o where e.seq in (6, 8) and o.seq = 14 - e.seq", "Altered 6-6, Altered 8-8" },
        { "update audit_chain set seq = 8", "Altered 9-9" },
    };

    [Theory]
    [MemberData(nameof(Manipulations))]
    public async Task A_manipulation_is_found_where_it_is(string manipulation, string found)
    {
        await ChainedAsync(1, 9);
        await SignAsync();
        var before = await VerifyAsync();

        await TamperAsync(manipulation);
        var after = await VerifyAsync();

        Assert.True(before.Ok);
        Assert.Equal(found, Flaws(after));
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_contradicts_what_was_signed()
    {
        await ChainedAsync(1, 4);
        await SignAsync();
        await ChainedAsync(5, 9);
        await SignAsync();

        await TamperAsync("update audit_entries set actor = 'nobody' where seq = 6");
        await ChainAnewAsync();
        var verdict = await VerifyAsync();

        Assert.Equal("Rewritten 5-9", Flaws(verdict));
    }

    [Fact]
    public async Task A_cut_tail_that_has_grown_again_contradicts_what_was_signed()
    {
        await ChainedAsync(1, 9);
        await SignAsync();

        await TamperAsync("delete from audit_entries where seq > 7; update audit_chain set seq = 7, hash = (select hash from audit_entries where seq = 7)");
        await ChainedAsync(10, 14);
        await SignAsync();
        var verdict = await VerifyAsync();

        Assert.Equal("Rewritten 1-9", Flaws(verdict));
        Assert.Equal((2, 12), (verdict.Checkpoints.Count, verdict.Checkpoints.LastSeq));
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_kept_vouches_too()
    {
        await ChainedAsync(1, 9);
        var hash = await ScalarAsync<string>("select encode(hash, 'hex') from audit_entries where seq = 9");

        var whole = await VerifyAsync((9, hash!));
        var cut = await VerifyAsync((12, hash!));
        await TamperAsync("update audit_entries set actor = 'nobody' where seq = 6");
        await ChainAnewAsync();
        var anew = await VerifyAsync((9, hash!));

        Assert.Equal(("", "CutTail 10-12", "Rewritten 1-9"), (Flaws(whole), Flaws(cut), Flaws(anew)));
    }

    [Fact]
    public async Task Only_what_our_key_signed_for_this_log_is_a_checkpoint()
    {
        await ChainedAsync(1, 3);
        await SignAsync("somebody else's key, also long");

        var verdict = await VerifyAsync();

        Assert.Equal("Forged 3-3", Flaws(verdict));
        Assert.Equal((0, null), (verdict.Checkpoints.Count, verdict.Checkpoints.LastSeq));
    }

    [Fact]
    public async Task A_line_that_was_cut_short_is_told_and_the_next_one_is_whole()
    {
        await ChainedAsync(1, 3);
        await SignAsync();
        var file = (await VerifyAsync()).Checkpoints.File!;
        await File.AppendAllTextAsync(file, """{"log":"0""", Ct);

        await ChainedAsync(4, 5);
        await SignAsync();
        var verdict = await VerifyAsync();

        Assert.Equal((true, 2, 5, 1), (verdict.Ok, verdict.Checkpoints.Count, verdict.Checkpoints.LastSeq, verdict.Checkpoints.Unreadable));
    }

    [Fact]
    public async Task The_tail_that_waits_is_told_with_its_age()
    {
        await ChainedAsync(1, 3);
        await WriteAsync(4, 5);

        var verdict = await new AuditVerifier(After(TimeSpan.FromSeconds(20)), Configured()).VerifyAsync(known: null, Ct);

        Assert.True(verdict is { Ok: true, Entries: 3, Unchained.Entries: 2 });
        Assert.InRange(verdict.Unchained.OldestAge!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Entries_that_should_have_been_signed_long_ago_are_told()
    {
        await ChainedAsync(1, 3);
        await SignAsync();
        await ChainedAsync(4, 5);

        var verdict = await new AuditVerifier(After(TimeSpan.FromMinutes(2)), Configured()).VerifyAsync(known: null, Ct);

        Assert.Equal("NoCheckpoint 4-5", Flaws(verdict));
    }

    private static string Flaws(AuditVerdict verdict) =>
        string.Join(", ", verdict.Flaws.Select(flaw => string.Create(CultureInfo.InvariantCulture, $"{flaw.Kind} {flaw.From}-{flaw.To}")));

    /// <summary>As somebody would who owns the database and has read how the chain is made.</summary>
    private async Task ChainAnewAsync()
    {
        var head = (await Store.QueryFirstAsync<AuditHead>(AuditHead.Sql, null, Ct))!;
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync("alter table audit_entries disable trigger all");
        var hash = AuditHash.Origin(head.Log);
        foreach (var entry in await connection.QueryAsync<AuditEntry>($"select {AuditEntry.Columns} from audit_entries order by seq"))
        {
            hash = AuditHash.Of(hash, entry.Seq!.Value, entry);
            await connection.ExecuteAsync("update audit_entries set hash = @hash where id = @Id", new { hash, entry.Id });
        }

        await connection.ExecuteAsync("update audit_chain set hash = @hash; alter table audit_entries enable trigger all", new { hash });
    }
}
