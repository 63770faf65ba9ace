using HotDash.ControlPlane.Flags;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class FlagStoreTests(PostgresFixture postgres) : FlagTest(postgres)
{
    [Fact]
    public async Task A_new_store_has_the_default_flags()
    {
        var flags = (await new FlagReads(Store).ListAsync(null, 100, Ct)).Items;

        Assert.Equal(
            [
                ("advanced_analytics", true, 25_000, "beta,premium"), ("ai_coaching_v2", true, 10_000, "internal"), ("alert_webhook", null, 0, ""),
                ("analytics_real_data", null, 0, ""),
                ("calendar_sync", null, 0, "beta,internal"), ("chatwoot", null, 0, ""), ("export_pdf", true, 100_000, ""), ("idea_pool_supabase", null, 0, ""),
                ("plausible_live", null, 0, ""), ("publer_live", null, 0, ""), ("push_notifications", false, 0, "beta"), ("shopify", null, 0, ""), ("shopping_list_sync", false, 0, "beta"),
            ],
            flags.Select(flag => (flag.Name, flag.Enabled, flag.RolloutPercent.Thousandths, string.Join(',', flag.AllowedCohorts))));
        Assert.All(flags, flag => Assert.Equal((flag.Name, 1L), (flag.Salt, flag.Version)));
    }

    [Fact]
    public async Task What_is_written_is_what_is_read()
    {
        using var process = Process();
        var start = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var wanted = Flag.New("checkout") with
        {
            Enabled = true,
            RolloutPercent = new(12_345),
            AllowedCohorts = ["beta"],
            StartDate = start,
            EndDate = start.AddDays(1),
            Monotone = true,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = "shop \"team\"" },
        };

        var made = await process.Flags.CreateAsync(wanted, Ada, Ct);
        var read = (await process.Reads.FindAsync("checkout", Ct))!;

        Assert.Equal((1, "ada", "checkout", 12_345), (read.Version, read.ChangedBy, read.Salt, read.Peak.Thousandths));
        Assert.Equal(wanted.Metadata, read.Metadata);
        Assert.Equal(wanted.AllowedCohorts, read.AllowedCohorts);
        Assert.Equal((wanted.StartDate, wanted.EndDate), (read.StartDate, read.EndDate));
        Assert.Equal(made.ChangedAt, read.ChangedAt);
    }

    [Fact]
    public async Task Each_change_is_written_down_with_who_and_why()
    {
        using var process = Process();

        await EnableAsync(process, "publer_live", 50_000);
        await process.Flags.OverrideAsync("publer_live", "user-1", on: true, new("bob", "a tester"), Ct);
        var changes = await ScalarAsync<string>(
            "select string_agg(concat_ws(' ', kind, object_id, action, actor, why, before->>'enabled', after->>'rolloutPercent', after->>'on'), ', ' order by id) from audit_entries");

        Assert.Equal("flag publer_live enable ada to see 50, flag publer_live override bob a tester true", changes);
        Assert.Equal(3, (await process.Reads.FindAsync("publer_live", Ct))!.Version);
        Assert.Equal(3, await ScalarAsync<long>("select epoch from flag_epoch"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_not_written()
    {
        using var process = Process();

        await process.Flags.ChangeAsync("export_pdf", "enable", Ada, flag => flag with { Enabled = true, RolloutPercent = new(100_000) }, Ct);
        await process.Flags.OverrideAsync("export_pdf", "user-1", on: null, Ada, Ct);

        Assert.Equal(1, (await process.Reads.FindAsync("export_pdf", Ct))!.Version);
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task Of_two_edits_of_one_version_one_wins_and_the_other_is_told()
    {
        using var process = Process();
        var edits = Enumerable.Range(1, 2).Select(percent => Record.ExceptionAsync(() =>
            process.Flags.ChangeAsync("export_pdf", "update", Ada with { Version = 1 }, flag => flag with { RolloutPercent = new(percent) }, Ct)).AsTask());

        var failures = await Task.WhenAll(edits);

        Assert.Equal(2, Assert.IsType<FlagVersionException>(Assert.Single(failures, failure => failure is not null)).Version);
        Assert.Equal(2, (await process.Reads.FindAsync("export_pdf", Ct))!.Version);
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_made_and_in_one_order()
    {
        using var process = Process();
        using var other = Process();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? process : other).Flags.ChangeAsync(
            i % 3 == 0 ? "export_pdf" : "publer_live", "rollback", Ada, flag => flag with { Enabled = true, RolloutPercent = new(flag.RolloutPercent.Thousandths == 7 ? 8 : 7) }, Ct)));

        Assert.Equal(21, await ScalarAsync<long>("select epoch from flag_epoch"));
        Assert.Equal(22, await ScalarAsync<long>("select sum(version) from flags where name in ('export_pdf', 'publer_live')"));
    }

    [Fact]
    public async Task A_renamed_flag_keeps_its_salt_and_its_overrides()
    {
        using var process = Process();
        await process.Flags.CreateAsync(Flag.New("checkout") with { Enabled = true, RolloutPercent = new(50_000) }, Ada, Ct);
        await process.Flags.OverrideAsync("checkout", "user-1", on: true, Ada, Ct);
        var before = Enumerable.Range(0, 100).Select(user => process.Board.Evaluate("checkout", $"user-{user}").On).ToList();

        var renamed = await process.Flags.ChangeAsync("checkout", "update", Ada, flag => flag with { Name = "cart" }, Ct);

        Assert.Equal("checkout", renamed!.Salt);
        Assert.Equal(before, Enumerable.Range(0, 100).Select(user => process.Board.Evaluate("cart", $"user-{user}").On));
        Assert.Equal(FlagProblem.NoSuchFlag, process.Board.Evaluate("checkout", "user-1").Problem);
    }

    [Theory]
    [InlineData("name", "Checkout")]
    [InlineData("name", "checkout\n")]
    [InlineData("name", "")]
    [InlineData("rolloutPercent", null, 100_001)]
    [InlineData("allowedCohorts", null, 0, "gold")]
    [InlineData("allowedCohorts", null, 0, "beta", "beta")]
    [InlineData("endDate", null, 0, null, null, 0)]
    public async Task What_a_flag_cannot_be_is_refused_by_field(
        string field, string? name = null, int percent = 0, string? cohort = null, string? other = null, int? hours = null)
    {
        using var process = Process();
        var start = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var flag = Flag.New(name ?? "checkout") with
        {
            RolloutPercent = new(percent),
            AllowedCohorts = [.. new[] { cohort, other }.OfType<string>()],
            StartDate = hours is null ? null : start,
            EndDate = start.AddHours(hours ?? 1),
        };

        var refusal = await Assert.ThrowsAsync<InvalidFlagException>(() => process.Flags.CreateAsync(flag, Ada, Ct));

        Assert.Equal(field, refusal.Field);
        Assert.Equal(13, await ScalarAsync<long>("select count(*) from flags"));
    }

    [Fact]
    public async Task An_integrations_flag_is_neither_renamed_nor_deleted()
    {
        using var process = Process();

        await Assert.ThrowsAsync<InvalidFlagException>(() => process.Flags.ChangeAsync("publer_live", "update", Ada, flag => flag with { Name = "other" }, Ct));
        await Assert.ThrowsAsync<InvalidFlagException>(() => process.Flags.DeleteAsync("publer_live", Ada, Ct));
        Assert.True(await process.Flags.DeleteAsync("export_pdf", Ada, Ct));
        Assert.False(await process.Flags.DeleteAsync("export_pdf", Ada, Ct));
    }

    [Fact]
    public async Task Two_flags_cannot_have_one_name()
    {
        using var process = Process();
        await process.Flags.CreateAsync(Flag.New("checkout"), Ada, Ct);

        await Assert.ThrowsAsync<FlagNameTakenException>(() => process.Flags.CreateAsync(Flag.New("checkout"), Ada, Ct));
        await Assert.ThrowsAsync<FlagNameTakenException>(() => process.Flags.ChangeAsync("checkout", "update", Ada, flag => flag with { Name = "export_pdf" }, Ct));
    }

    [Fact]
    public async Task An_override_is_one_users_and_there_may_not_be_too_many()
    {
        using var process = Process();
        await using (var fill = Store.CreateCommand("insert into flag_overrides select id, 'u' || i, true from flags, generate_series(1, 1000) i where name = 'export_pdf'"))
            await fill.ExecuteNonQueryAsync(Ct);

        var full = await Assert.ThrowsAsync<InvalidFlagException>(() => process.Flags.OverrideAsync("export_pdf", "one-more", on: false, Ada, Ct));
        await process.Flags.OverrideAsync("export_pdf", "u7", on: false, Ada, Ct);
        await process.Flags.OverrideAsync("export_pdf", "u8", on: null, Ada, Ct);

        Assert.Equal("user", full.Field);
        Assert.Equal((false, FlagReason.Override), (process.Board.Evaluate("export_pdf", "u7").On, process.Board.Evaluate("export_pdf", "u7").Reason));
        Assert.Equal(FlagReason.Static, process.Board.Evaluate("export_pdf", "u8").Reason);
        Assert.Equal(999, (await process.Reads.OverridesAsync("export_pdf", Ct)).Count);
    }
}
