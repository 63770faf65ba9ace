using System.Globalization;
using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Social;

public sealed class SchedulePostTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Path = "/api/social/post";
    private const string Accounts = """[{"id":"acc-1","provider":"facebook","name":"Shop"},{"id":"acc-2","provider":"twitter","name":"Shop"},{"id":"acc-3","provider":"instagram","name":"Shop"}]""";

    [Fact]
    public async Task An_accepted_post_is_stored_with_its_job_and_its_status_is_pending()
    {
        Wire.Publer.Replies(HttpStatusCode.OK, Accounts);
        var api = await StartAsync(PublerLive);

        var accepted = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { "acc-1", "acc-2" } });
        var status = await api.GetAsync($"/api/social/status/{accepted.Text("jobId")}");

        Assert.Equal((202, true), (accepted.Status, accepted.Json.GetProperty("ok").GetBoolean()));
        Assert.Equal(7, Guid.Parse(accepted.Text("jobId")!).Version);
        var shown = status.Json.GetProperty("status");
        Assert.Equal(("pending", "publer"), (shown.GetProperty("status").GetString(), shown.GetProperty("source").GetString()));
        Assert.Equal(["acc-1", "acc-2"], shown.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("accountId").GetString()));
        Assert.Equal(1, await CountAsync("jobs where kind = 'social.send-post'"));
    }

    [Fact]
    public async Task Where_people_must_approve_posts_it_waits_for_them_without_a_job_and_they_see_all_of_it()
    {
        Wire.Publer.Replies(HttpStatusCode.OK, Accounts);
        var api = await StartAsync([.. PublerLive, ("Approvals:Policies:social.post:Required", "1")]);

        var accepted = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { "acc-1" } });
        var status = (await api.GetAsync($"/api/social/status/{accepted.Text("jobId")}")).Json.GetProperty("status");
        var approval = await api.GetAsync($"/api/approvals/{status.GetProperty("approvalId").GetString()}");
        var own = await api.PostAsync($"/api/approvals/{status.GetProperty("approvalId").GetString()}/approve", new { hash = approval.Json.GetProperty("approval").GetProperty("hash").GetString() });

        Assert.Equal((202, "pending", 0), (accepted.Status, status.GetProperty("status").GetString(), await CountAsync("jobs")));
        Assert.Equal((403, "own_action"), (own.Status, own.Code));
        var content = System.Text.Json.JsonDocument.Parse(approval.Json.GetProperty("revisions")[0].GetProperty("content").GetString()!).RootElement;
        Assert.Equal(("Hello", "acc-1"), (content.GetProperty("text").GetString(), content.GetProperty("accountIds")[0].GetString()));
    }

    [Fact]
    public async Task While_the_flag_is_off_the_answer_is_mock_and_says_so()
    {
        var api = await StartAsync();

        var accepted = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { MockAccount } });
        var status = (await api.GetAsync($"/api/social/status/{accepted.Text("jobId")}")).Json.GetProperty("status");

        Assert.StartsWith("mock-job-1-", accepted.Text("jobId"), StringComparison.Ordinal);
        Assert.Equal(("complete", "mock"), (status.GetProperty("status").GetString(), status.GetProperty("source").GetString()));
        Assert.Equal(0, await CountAsync("jobs"));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_stored_and_the_variable_is_named()
    {
        var api = await StartAsync(("PUBLER_LIVE", "true"), ("PUBLER_WORKSPACE_ID", "ws-1"));

        var reply = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { "acc-1" } });

        Assert.Equal((503, "credentials_missing"), (reply.Status, reply.Code));
        Assert.Contains("PUBLER_API_KEY", reply.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("social_posts"));
    }

    [Theory]
    [InlineData("""{"text":"","accountIds":["acc-1"]}""", "text")]
    [InlineData("""{"text":" \n ","accountIds":["acc-1"]}""", "text")]
    [InlineData("""{"accountIds":["acc-1"]}""", "text")]
    [InlineData("{\"text\":\"a\\u0000b\",\"accountIds\":[\"acc-1\"]}", "text")]
    [InlineData("""{"text":"Hello"}""", "accountIds")]
    [InlineData("""{"text":"Hello","accountIds":[]}""", "accountIds")]
    [InlineData("""{"text":"Hello","accountIds":[null]}""", "accountIds")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1","acc-1"]}""", "accountIds")]
    [InlineData("""{"text":"Hello","accountIds":["nobody"]}""", "accountIds")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1"],"scheduledAt":"2020-01-01T00:00:00Z"}""", "scheduledAt")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1"],"scheduledAt":"2120-01-01T00:00:00"}""", "scheduledAt")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1"],"scheduledAt":"tomorrow"}""", "scheduledAt")]
    [InlineData("""{"text":"Hello","accountIds":["acc-1"],"scheduledAt":"2120-13-01T00:00:00Z"}""", "scheduledAt")]
    public async Task Bad_input_names_the_field_and_stores_nothing(string body, string field)
    {
        Wire.Publer.Replies(HttpStatusCode.OK, Accounts);
        var api = await StartAsync(PublerLive);

        var reply = await api.PostTextAsync(Path, body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
        Assert.Equal(0, await CountAsync("social_posts"));
    }

    [Fact]
    public async Task An_account_whose_network_takes_no_text_alone_is_refused_by_its_name()
    {
        Wire.Publer.Replies(HttpStatusCode.OK, Accounts);
        var api = await StartAsync(PublerLive);

        var reply = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { "acc-1", "acc-3" } });

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.EndsWith(": acc-3 (instagram).", reply.Error("accountIds"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_20_000_characters_is_refused()
    {
        var api = await StartAsync();

        var reply = await api.PostAsync(Path, new { text = new string('x', 20_000), accountIds = new[] { MockAccount } });

        Assert.Contains("10000", reply.Error("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_within_the_next_minute_is_refused_and_one_after_it_is_accepted()
    {
        var api = await StartAsync();

        var tooSoon = await api.PostAsync(Path, Scheduled(DateTimeOffset.UtcNow.AddSeconds(30)));
        var accepted = await api.PostAsync(Path, Scheduled(DateTimeOffset.UtcNow.AddMinutes(10)));

        Assert.Equal((400, 202), (tooSoon.Status, accepted.Status));
        Assert.NotEmpty(tooSoon.Error("scheduledAt"));
    }

    [Fact]
    public async Task While_Publer_cannot_be_asked_an_unknown_account_is_left_for_the_job_to_check()
    {
        for (var attempt = 0; attempt < 3; attempt++)
            Wire.Publer.Replies(HttpStatusCode.Forbidden);
        var api = await StartAsync(PublerLive);

        var reply = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { "acc-9" } });

        Assert.Equal(202, reply.Status);
    }

    [Fact]
    public async Task The_same_key_and_body_answer_the_same_job_also_when_the_time_has_come_too_near()
    {
        var api = await StartAsync();
        var body = new { text = "Hello", accountIds = new[] { MockAccount } };

        var first = await api.PostAsync(Path, body, ("Idempotency-Key", "order 66"));
        var second = await api.PostAsync(Path, body, ("Idempotency-Key", "order 66"));

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(first.Text("jobId"), second.Text("jobId"));
        Assert.Equal(1, await CountAsync("social_posts"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_422()
    {
        var api = await StartAsync();

        await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { MockAccount } }, ("Idempotency-Key", "k"));
        var other = await api.PostAsync(Path, new { text = "Goodbye", accountIds = new[] { MockAccount } }, ("Idempotency-Key", "k"));

        Assert.Equal((422, "idempotency_key_reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Two_callers_may_choose_the_same_key()
    {
        var api = await StartAsync();
        var body = new { text = "Hello", accountIds = new[] { MockAccount } };

        var first = await api.PostAsync(Path, body, ("Idempotency-Key", "k"));
        await api.UseKeyAsync();
        var second = await api.PostAsync(Path, body, ("Idempotency-Key", "k"));

        Assert.NotEqual(first.Text("jobId"), second.Text("jobId"));
    }

    [Fact]
    public async Task While_the_first_request_is_being_worked_on_the_second_is_a_409()
    {
        var api = await StartAsync();
        var keyId = await api.UseKeyAsync();
        await using var store = Npgsql.NpgsqlDataSource.Create(ConnectionString);
        await using var first = await store.OpenConnectionAsync(Ct);
        await using var transaction = await first.BeginTransactionAsync(Ct);
        await using var hold = new Npgsql.NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended('idempotency:{keyId}:k', 0))", first, transaction);
        await hold.ExecuteNonQueryAsync(Ct);

        var second = await api.PostAsync(Path, new { text = "Hello", accountIds = new[] { MockAccount } }, ("Idempotency-Key", "k"));

        Assert.Equal((409, "idempotency_in_flight"), (second.Status, second.Code));
        Assert.NotNull(second.Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task Of_many_requests_at_once_with_one_key_one_is_stored()
    {
        var api = await StartAsync();
        var body = new { text = "Hello", accountIds = new[] { MockAccount } };

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync(Path, body, ("Idempotency-Key", "k"))));

        Assert.Single(replies.Where(reply => reply.Status == 202).Select(reply => reply.Text("jobId")).Distinct());
        Assert.All(replies, reply => Assert.Contains(reply.Status, new[] { 202, 409 }));
        Assert.Equal(1, await CountAsync("social_posts"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task An_idempotency_key_has_1_to_255_characters(int length)
    {
        var api = await StartAsync();

        var reply = await api.PostAsync(
            Path, new { text = "Hello", accountIds = new[] { MockAccount } }, ("Idempotency-Key", new string('k', length)));

        Assert.Equal(400, reply.Status);
        Assert.NotEmpty(reply.Error("Idempotency-Key"));
    }

    private static string MockAccount => Integrations.Publer.PublerMock.Accounts[0].Id;

    private static object Scheduled(DateTimeOffset at) =>
        new { text = "Hello", accountIds = new[] { MockAccount }, scheduledAt = at.ToString("O", CultureInfo.InvariantCulture) };
}
