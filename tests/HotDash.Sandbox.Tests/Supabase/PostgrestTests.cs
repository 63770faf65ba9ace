using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace HotDash.Sandbox.Tests.Supabase;

public sealed class PostgrestTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id=eq.b", "b")]
    [InlineData("id=neq.b", "a,c,d")]
    [InlineData("id=not.eq.b", "a,c,d")]
    [InlineData("confidence=gt.0.5", "c")]
    [InlineData("confidence=gte.0.5", "b,c")]
    [InlineData("confidence=lt.0.50", "a")]
    [InlineData("confidence=lte.0.5", "a,b")]
    [InlineData("confidence=not.gt.0.5", "a,b")]
    [InlineData("confidence=is.null", "d")]
    [InlineData("confidence=not.is.null", "a,b,c")]
    [InlineData("id=in.(a,c,x)", "a,c")]
    [InlineData("title=in.(\"One, two\",\"say \\\"hi\\\"\")", "a,b")]
    [InlineData("id=not.in.(a,c)", "b,d")]
    [InlineData("title=like.One*", "a")]
    [InlineData("title=ilike.*ONE*", "a")]
    [InlineData("title=like.*one*", "")]
    [InlineData("title=ilike.50\\%25*", "c")]
    [InlineData("title=ilike.___", "d")]
    [InlineData("or=(id.eq.a,id.eq.d)", "a,d")]
    [InlineData("or=(id.eq.a,and(confidence.gt.0.4,confidence.lt.0.6))", "a,b")]
    [InlineData("not.or=(id.eq.a,id.eq.d)", "b,c")]
    [InlineData("and=(id.gt.a,not.or(id.eq.b,id.eq.c))", "d")]
    [InlineData("or=(title.eq.\"One, two\",id.not.in.(a,b,c))", "a,d")]
    [InlineData("or=(confidence.gt.0.5,confidence.lte.0.5)", "a,b,c")]
    [InlineData("not.or=(confidence.gt.0.5,confidence.lte.0.5)", "")]
    [InlineData("or=(id.eq.a,id.eq.b)&or=(id.eq.b,id.eq.c)", "b")]
    [InlineData("created_at=gte.2026-01-02T00:00:00%2B00:00", "c,d")]
    [InlineData("created_at=eq.2026-01-01T02:00:00%2B02:00", "a,b")]
    public async Task A_filter_lets_the_right_rows_through(string filter, string ids)
    {
        var sandbox = await FourIdeasAsync();

        Assert.Equal(ids, await IdsAsync(sandbox, $"{filter}&order=id"));
    }

    [Theory]
    [InlineData("order=confidence", "a,b,c,d")]
    [InlineData("order=confidence.desc", "d,c,b,a")]
    [InlineData("order=confidence.desc.nullslast", "c,b,a,d")]
    [InlineData("order=confidence.nullsfirst", "d,a,b,c")]
    [InlineData("order=created_at.desc,id.desc", "d,c,b,a")]
    [InlineData("order=created_at.desc,id.asc", "c,d,a,b")]
    [InlineData("order=id&limit=2&offset=1", "b,c")]
    [InlineData("order=id&limit=0", "")]
    [InlineData("order=id&offset=9", "")]
    public async Task Rows_come_in_the_order_and_the_piece_that_was_asked_for(string query, string ids)
    {
        var sandbox = await FourIdeasAsync();

        Assert.Equal(ids, await IdsAsync(sandbox, query));
    }

    [Theory]
    [InlineData("limit=2", null, "count=exact", 206, "0-1/4")]
    [InlineData("limit=2", null, null, 200, "0-1/*")]
    [InlineData("limit=9", null, "count=exact", 200, "0-3/4")]
    [InlineData("", "1-2", "count=exact", 206, "1-2/4")]
    [InlineData("", "items=2-", "count=planned", 206, "2-3/4")]
    [InlineData("id=eq.none", null, "count=exact", 200, "*/0")]
    [InlineData("offset=9", null, null, 200, "*/*")]
    [InlineData("offset=9", null, "count=exact", 416, "*/*")]
    [InlineData("limit=-1", null, null, 416, "*/*")]
    [InlineData("", "3-1", null, 416, "*/*")]
    public async Task Ranges_and_counts_are_told(string query, string? range, string? prefer, int status, string contentRange)
    {
        var sandbox = await FourIdeasAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var answer = await SendAsync(sandbox, method, $"idea_pool?{query}", null, ("Range", range), ("Prefer", prefer));

            Assert.Equal((status, contentRange), ((int)answer.StatusCode, answer.Content.Headers.NonValidated["Content-Range"].ToString()));
        }
    }

    [Theory]
    [InlineData("GET", "nothing", 404, "PGRST205")]
    [InlineData("GET", "idea_pool?colour=eq.red", 400, "42703")]
    [InlineData("GET", "idea_pool?select=colour", 400, "42703")]
    [InlineData("GET", "idea_pool?select=count()", 400, "PGRST123")]
    [InlineData("GET", "idea_pool?select=id,authors(name)", 400, "PGRST200")]
    [InlineData("GET", "idea_pool?id=equals.1", 400, "PGRST100")]
    [InlineData("GET", "idea_pool?id=1", 400, "PGRST100")]
    [InlineData("GET", "idea_pool?or=(id.eq.1", 400, "PGRST100")]
    [InlineData("GET", "idea_pool?order=id.up", 400, "PGRST100")]
    [InlineData("GET", "idea_pool?limit=ten", 400, "PGRST100")]
    [InlineData("GET", "idea_pool?confidence=eq.high", 400, "22P02")]
    [InlineData("GET", "idea_pool?created_at=gt.yesterday", 400, "22007")]
    [InlineData("GET", "idea_pool?confidence=like.1*", 404, "42883")]
    [InlineData("PUT", "idea_pool?id=eq.a", 405, "PGRST117")]
    [InlineData("PATCH", "rpc/idea_pool_totals", 405, "PGRST101")]
    [InlineData("GET", "rpc/nothing", 404, "PGRST202")]
    [InlineData("GET", "rpc/review_idea?idea=a&decision=approved&by=ada", 405, "25006")]
    [InlineData("DELETE", "idea_pool", 400, "21000")]
    public async Task A_request_that_makes_no_sense_gets_postgrests_error(string method, string path, int status, string code)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, new(method), path);

        await AssertErrorAsync(answer, status, code);
        Assert.Equal(status, (await sandbox.ViolationsAsync()).Single()["status"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"id":"a","title":"Again"}""", 409, "23505")]
    [InlineData("""{"id":"e"}""", 400, "23502")]
    [InlineData("""{"id":"e","title":null}""", 400, "23502")]
    [InlineData("""{"id":"e","title":"New","status":"new"}""", 400, "23514")]
    [InlineData("""{"id":"e","title":"New","colour":"red"}""", 400, "PGRST204")]
    [InlineData("""{"id":"e","title":"New","confidence":"high"}""", 400, "22P02")]
    [InlineData("""[{"id":"e","title":"New"},{"id":"f"}]""", 400, "PGRST102")]
    [InlineData("""[{"id":"e","title":"New"},{"id":"a","title":"Again"}]""", 409, "23505")]
    [InlineData("nonsense", 400, "PGRST102")]
    [InlineData("7", 400, "PGRST102")]
    public async Task A_row_that_breaks_a_rule_is_refused_and_no_row_is_written(string body, int status, string code)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, "idea_pool", body);

        await AssertErrorAsync(answer, status, code);
        Assert.Equal("a,b,c,d", await IdsAsync(sandbox, "order=id"));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("return=minimal", "")]
    [InlineData("return=representation", """[{"id":"e","status":"pending_review","confidence":null}]""")]
    public async Task An_insert_answers_as_it_is_asked_to(string? prefer, string body)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, "idea_pool?select=id,status,confidence", """{"id":"e","title":"New"}""", ("Prefer", prefer));

        Assert.Equal((HttpStatusCode.Created, body), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal(prefer ?? "", answer.Headers.TryGetValues("Preference-Applied", out var applied) ? string.Join(", ", applied) : "");
    }

    [Fact]
    public async Task An_insert_can_answer_with_the_place_of_the_row()
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, "idea_pool", """{"id":"e","title":"New"}""", ("Prefer", "return=headers-only"));

        Assert.Equal("/idea_pool?id=eq.e", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("resolution=merge-duplicates", """[{"id":"a","title":"Again"}]""", 200, "a", "Again")]
    [InlineData("resolution=merge-duplicates", """[{"id":"a","title":"Again"},{"id":"e","title":"New"}]""", 201, "a,e", "Again")]
    [InlineData("resolution=ignore-duplicates", """[{"id":"a","title":"Again"}]""", 200, "", "One, two")]
    [InlineData("resolution=ignore-duplicates", """[{"id":"a","title":"Again"},{"id":"e","title":"New"}]""", 201, "e", "One, two")]
    public async Task An_upsert_merges_or_leaves_what_is_there(string prefer, string body, int status, string written, string title)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, "idea_pool?on_conflict=id", body, ("Prefer", $"{prefer},return=representation"));

        Assert.Equal((status, written), ((int)answer.StatusCode, string.Join(',', (await answer.JsonAsync()).AsArray().Select(row => row!.Text("id")))));
        Assert.Equal(title, (await (await SendAsync(sandbox, HttpMethod.Get, "idea_pool?id=eq.a")).JsonAsync()).Text(0, "title"));
    }

    [Theory]
    [InlineData("idea_pool?on_conflict=title", """[{"id":"a","title":"Again"}]""", 400, "42P10")]
    [InlineData("idea_pool?on_conflict=id", """[{"id":"a","title":"x"},{"id":"a","title":"y"}]""", 500, "21000")]
    public async Task An_upsert_needs_a_key_and_each_row_once(string path, string body, int status, string code)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, path, body, ("Prefer", "resolution=merge-duplicates"));

        await AssertErrorAsync(answer, status, code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("missing=default")]
    public async Task With_listed_columns_a_missing_value_is_null_unless_defaults_are_preferred(string? prefer)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Post, "idea_pool?columns=id,title,status&select=status", """[{"id":"e","title":"New","noise":1}]""",
            ("Prefer", "return=representation"), ("Prefer", prefer));

        if (prefer is null)
            await AssertErrorAsync(answer, 400, "23502");
        else
            Assert.Equal("""[{"status":"pending_review"}]""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_change_reaches_the_filtered_rows_and_none_is_no_error()
    {
        var sandbox = await FourIdeasAsync();

        var changed = await SendAsync(sandbox, HttpMethod.Patch, "idea_pool?confidence=lte.0.5&select=id,status&order=id", """{"status":"approved"}""", ("Prefer", "return=representation"));
        var none = await SendAsync(sandbox, HttpMethod.Patch, "idea_pool?id=eq.none", """{"status":"approved"}""", ("Prefer", "return=representation"));
        var silent = await SendAsync(sandbox, HttpMethod.Patch, "idea_pool?id=eq.a", """{"status":"rejected"}""");

        Assert.Equal("""[{"id":"a","status":"approved"},{"id":"b","status":"approved"}]""", await changed.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((HttpStatusCode.OK, "[]"), (none.StatusCode, await none.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal(HttpStatusCode.NoContent, silent.StatusCode);
        Assert.Equal(["idea_pool.insert", "idea_pool.update", "idea_pool.update"], (await sandbox.LedgerAsync("supabase")).Skip(1).Select(effect => effect.Text("operation")));
    }

    [Fact]
    public async Task More_rows_than_a_caller_allows_are_left_as_they_are()
    {
        var sandbox = await FourIdeasAsync();

        var strict = await SendAsync(sandbox, HttpMethod.Delete, "idea_pool?id=in.(a,b)", null, ("Prefer", "handling=strict,max-affected=1"));
        var kept = await IdsAsync(sandbox, "order=id");
        var lenient = await SendAsync(sandbox, HttpMethod.Delete, "idea_pool?id=in.(a,b)", null, ("Prefer", "max-affected=1"));
        var unknown = await SendAsync(sandbox, HttpMethod.Get, "idea_pool", null, ("Prefer", "handling=strict,speed=fast"));

        await AssertErrorAsync(strict, 400, "PGRST124");
        Assert.Equal("a,b,c,d", kept);
        Assert.Equal((HttpStatusCode.NoContent, "c,d"), (lenient.StatusCode, await IdsAsync(sandbox, "order=id")));
        await AssertErrorAsync(unknown, 400, "PGRST122");
    }

    [Theory]
    [InlineData("id=eq.a", 200)]
    [InlineData("id=eq.none", 406)]
    [InlineData("", 406)]
    public async Task One_object_is_sent_when_there_is_exactly_one(string query, int status)
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Get, $"idea_pool?{query}", null, ("Accept", "application/vnd.pgrst.object+json"));

        var body = await answer.JsonAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status is 200 ? ("a", null) : (null, "PGRST116"), (body.Text("id"), body.Text("code")));
    }

    [Fact]
    public async Task A_write_that_cannot_be_sent_as_one_object_is_rolled_back()
    {
        var sandbox = await FourIdeasAsync();

        var answer = await SendAsync(sandbox, HttpMethod.Delete, "idea_pool?id=in.(a,b)", null,
            ("Accept", "application/vnd.pgrst.object+json"), ("Prefer", "return=representation"));

        await AssertErrorAsync(answer, 406, "PGRST116");
        Assert.Equal("a,b,c,d", await IdsAsync(sandbox, "order=id"));
    }

    [Fact]
    public async Task Other_media_types_are_not_spoken()
    {
        var sandbox = await FourIdeasAsync();

        var accept = await SendAsync(sandbox, HttpMethod.Get, "idea_pool", null, ("Accept", "text/csv"));
        var content = await sandbox.Supabase.PostAsync("idea_pool", new StringContent("id,title", Encoding.UTF8, "text/csv"), Cancellation);

        await AssertErrorAsync(accept, 406, "PGRST107");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, content.StatusCode);
    }

    [Theory]
    [InlineData(null, null, "No API key found in request")]
    [InlineData("other", null, "Invalid API key")]
    [InlineData(SandboxUnderTest.Key, "Bearer other", "JWT invalid")]
    public async Task The_gateway_wants_the_key(string? apikey, string? authorization, string message)
    {
        var sandbox = await shared.FreshAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/supabase/rest/v1/idea_pool");
        if (apikey is not null)
            request.Headers.Add("apikey", apikey);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var answer = await sandbox.Http.SendAsync(request, Cancellation);

        var body = await answer.JsonAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, message), (answer.StatusCode, body.Text("message")));
        Assert.Equal(authorization is not null, body.AsObject().ContainsKey("code"));
    }

    [Fact]
    public async Task Functions_are_called_by_their_named_arguments()
    {
        var sandbox = await FourIdeasAsync();

        var totals = await (await SendAsync(sandbox, HttpMethod.Get, "rpc/idea_pool_totals")).JsonAsync();
        var reviewed = await (await SendAsync(sandbox, HttpMethod.Post, "rpc/review_idea", """{"idea":"a","decision":"approved","by":"ada"}""")).JsonAsync();
        var unknown = await SendAsync(sandbox, HttpMethod.Post, "rpc/review_idea", """{"idea":"none","decision":"approved","by":"ada"}""");

        Assert.Equal("4", totals.Text("total"));
        Assert.Equal(("approved", "ada"), (reviewed.Text("status"), reviewed.Text("reviewer")));
        await AssertErrorAsync(unknown, 400, "P0001");
    }

    [Fact]
    public async Task The_root_describes_the_tables()
    {
        var sandbox = await shared.FreshAsync();

        var root = await (await SendAsync(sandbox, HttpMethod.Get, "")).JsonAsync();

        Assert.Equal(["/idea_pool", "/experiments", "/social_receipts", "/approval_grades"], root["paths"]!.AsObject().Select(path => path.Key));
    }

    [Fact]
    public async Task Times_are_written_as_postgres_writes_them()
    {
        var sandbox = await FourIdeasAsync();

        var row = await (await SendAsync(sandbox, HttpMethod.Get, "idea_pool?id=in.(a,d)&select=made:created_at&order=id")).JsonAsync();

        Assert.Equal(("2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00.123456+00:00"), (row.Text(0, "made"), row.Text(1, "made")));
    }

    [Fact]
    public async Task Writes_of_many_callers_lose_nothing()
    {
        var sandbox = await FourIdeasAsync();

        await Parallel.ForAsync(0, 50, Cancellation, async (number, ct) =>
            await sandbox.Supabase.PostAsJsonAsync("social_receipts", new { job_id = $"job-{number % 25}", account_id = $"acc-{number / 25}", status = "complete" }, ct));

        Assert.Equal(50, (await (await SendAsync(sandbox, HttpMethod.Get, "social_receipts")).JsonAsync()).AsArray().Count);
    }

    private async Task<SandboxUnderTest> FourIdeasAsync()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.Supabase.DeleteAsync("idea_pool?id=not.is.null", Cancellation);
        (await sandbox.Supabase.PostAsJsonAsync("idea_pool", new[]
        {
            Idea("a", "One, two", 0.25, "2026-01-01T00:00:00Z"),
            Idea("b", "say \"hi\"", 0.5, "2026-01-01T00:00:00Z"),
            Idea("c", "50% off", 0.75, "2026-01-02T00:00:00.123456Z"),
            Idea("d", "abc", null, "2026-01-02T00:00:00.123456Z"),
        }, Cancellation)).EnsureSuccessStatusCode();
        return sandbox;
    }

    private static object Idea(string id, string title, double? confidence, string created_at) => new { id, title, confidence, created_at };

    private static async Task<string> IdsAsync(SandboxUnderTest sandbox, string query)
    {
        var answer = await SendAsync(sandbox, HttpMethod.Get, $"idea_pool?{query}");
        return string.Join(',', (await answer.JsonAsync()).AsArray().Select(row => row!.Text("id")));
    }

    private static async Task AssertErrorAsync(HttpResponseMessage answer, int status, string code)
    {
        var body = (await answer.JsonAsync()).AsObject();
        Assert.Equal((status, code), ((int)answer.StatusCode, body.Text("code")));
        Assert.Equal(["code", "details", "hint", "message"], body.Select(member => member.Key));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        SandboxUnderTest sandbox, HttpMethod method, string path, string? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);

        return await sandbox.Supabase.SendAsync(request, Cancellation);
    }
}
