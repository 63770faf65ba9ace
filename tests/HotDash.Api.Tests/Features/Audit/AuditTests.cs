using System.Text.Json;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Api.Tests.Features.Audit;

public sealed class AuditTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Entries =
        """
        insert into audit_entries (at, kind, object_id, action, actor, why, after)
        select timestamptz '2026-11-21 12:00:00Z' + make_interval(mins => number), case when number < 5 then 'flag' else 'key' end, 'thing-' || number % 2, 'change',
               case number when 3 then 'HotDash' else 'ada 0199e0a0-0000-7000-8000-00000000000' || number % 3 end, 'to see', '{"on": true}'
        from generate_series(1, 6) number
        """;

    [Theory]
    [InlineData("kind=flag", "4 3 2 1")]
    [InlineData("kind=flag&objectId=thing-1", "3 1")]
    [InlineData("actor=HotDash", "3")]
    [InlineData("actor=ada&kind=key", "6 5")]
    [InlineData("actor=0199e0a0-0000-7000-8000-000000000001&kind=flag", "4 1")]
    [InlineData("actor=ad", "")]
    [InlineData("from=2026-11-21T12:02:00Z&to=2026-11-21T12:04:00Z", "3 2")]
    public async Task Entries_are_listed_newest_first_by_what_was_changed_by_whom_and_when(string filter, string expected)
    {
        var api = await StartedAsync();

        var listed = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await api.GetAsync($"/api/audit?{filter}&limit=2{cursor}")).Json;
            listed.AddRange(page.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("action").GetString() == "change").Select(Minute));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(expected, string.Join(' ', listed));
    }

    [Theory]
    [InlineData("kind=door", "kind")]
    [InlineData("from=yesterday", "from")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("limit=101", "limit")]
    [InlineData("object=x", "object")]
    [InlineData("actor=%00", "actor")]
    [InlineData("seq=0&hash=aa", "seq", "/verify")]
    [InlineData("seq=1&hash=AA", "hash", "/verify")]
    [InlineData("seq=1", "hash", "/verify")]
    public async Task A_bad_question_is_named(string query, string field, string path = "")
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/audit{path}?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task An_entry_shows_what_was_before_and_after_and_the_trace_of_its_request()
    {
        var api = await StartAsync();
        await api.PostAsync("/api/flags/export_pdf/kill", new { reason = "it leaks" }, ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var listed = (await api.GetAsync("/api/audit?kind=flag")).Json.GetProperty("entries")[0];
        var shown = (await api.GetAsync($"/api/audit/{listed.GetProperty("id")}")).Json;
        var nothing = await api.GetAsync("/api/audit/999999");

        Assert.Equal(listed.GetRawText(), shown.GetRawText());
        Assert.Equal((false, true), (shown.GetProperty("before").GetProperty("killed").GetBoolean(), shown.GetProperty("after").GetProperty("killed").GetBoolean()));
        Assert.Equal(("it leaks", "0af7651916cd43dd8448eb211c80319c"), (shown.GetProperty("reason").GetString(), shown.GetProperty("traceId").GetString()));
        Assert.Equal((404, "not_found"), (nothing.Status, nothing.Code));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_written_is_chained_and_signed_within_a_moment_and_a_verification_finds_what_was_deleted()
    {
        using var folder = TestFolder.Create();
        (string, string)[] keyAndFolder = [("AUDIT_KEY", "only for tests, and long"), ("AUDIT_FOLDER", folder["audit"])];
        var api = await StartAsync(keyAndFolder);
        using var sequencer = await Sequencer.StartAsync(ConnectionString, keyAndFolder);
        await api.PostAsync("/api/flags/export_pdf/kill", new { reason = "it leaks" });

        var whole = await UntilAsync(api, verdict =>
            verdict.GetProperty("newest").GetInt64() > 1 && verdict.GetProperty("checkpoints").GetProperty("lastSeq").ValueKind is JsonValueKind.Number);
        await sequencer.StopAsync(Ct);
        await ExecuteAsync("alter table audit_entries disable trigger all; delete from audit_entries where seq = 1");
        var cut = (await api.GetAsync("/api/audit/verify")).Json;

        Assert.Equal((true, 0), (whole.GetProperty("ok").GetBoolean(), whole.GetProperty("flawCount").GetInt64()));
        Assert.Equal((false, "missing", 1), (
            cut.GetProperty("ok").GetBoolean(), cut.GetProperty("flaws")[0].GetProperty("kind").GetString(), cut.GetProperty("flaws")[0].GetProperty("from").GetInt64()));
    }

    private static int Minute(JsonElement entry) => entry.GetProperty("at").GetDateTimeOffset().Minute;

    private static async Task<JsonElement> UntilAsync(ApiUnderTest api, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            if ((await api.GetAsync("/api/audit/verify")).Json is var verdict && holds(verdict))
                return verdict;
        }
    }

    private async Task<ApiUnderTest> StartedAsync()
    {
        var api = await StartAsync();
        await ExecuteAsync(Entries);
        return api;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
