using System.Text.Json;
using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests.Features.Approvals;

public sealed class ApprovalsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private ApiUnderTest _api = null!;

    [Fact]
    public async Task A_reply_is_read_edited_approved_by_somebody_else_and_graded()
    {
        _api = await StartAsync(ChatwootLive);
        var asked = await AskAsync();
        var path = $"/api/approvals/{asked.Id}";

        var listed = await _api.GetAsync("/api/approvals?kind=support.reply&state=pending&risk=1&requester=bot");
        var shown = await _api.GetAsync(path);
        var edited = await _api.PostAsync($"{path}/edit", new { hash = asked.Hash, content = "Arrives tomorrow" });
        var own = await _api.PostAsync($"{path}/approve", new { hash = edited.Text("hash") });
        await _api.UseKeyAsync("approve");
        var old = await _api.PostAsync($"{path}/approve", new { hash = asked.Hash });
        var approved = await _api.PostAsync($"{path}/approve", new { hash = edited.Text("hash") });
        var again = await _api.PostAsync($"{path}/approve", new { hash = edited.Text("hash") });
        var contrary = await _api.PostAsync($"{path}/reject", new { hash = edited.Text("hash"), reason = "no" });
        var graded = await _api.PostAsync($"{path}/grade", new { tone = 5, accuracy = 4, policy = 3, comment = "short" });
        await _api.UseKeyAsync("read");
        var hidden = await _api.GetAsync(path);
        await _api.UseKeyAsync("read", "approve");
        var seen = await _api.GetAsync(path);
        var proof = await _api.GetAsync($"{path}/proof");

        Assert.Equal(asked.Id.ToString(), Assert.Single(listed.Json.GetProperty("approvals").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("On its way", Assert.Single(shown.Json.GetProperty("revisions").EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal((403, "own_action"), (own.Status, own.Code));
        Assert.Equal((409, "action_changed"), (old.Status, old.Code));
        Assert.Equal((200, "approved", 200, 409, "wrong_state", 204), (approved.Status, approved.Text("state"), again.Status, contrary.Status, contrary.Code, graded.Status));
        Assert.Equal((JsonValueKind.Null, "It is shown to keys with the scope approve, operate or admin."), (hidden.Json.GetProperty("revisions").ValueKind, hidden.Text("contentHidden")));
        Assert.Equal(["On its way", "Arrives tomorrow"], seen.Json.GetProperty("revisions").EnumerateArray().Select(revision => revision.GetProperty("content").GetString()));
        Assert.Equal("short", seen.Json.GetProperty("grades")[0].GetProperty("comment").GetString());
        Assert.Equal((200, false), (proof.Status, proof.Json.GetProperty("proved").GetBoolean()));
    }

    [Fact]
    public async Task All_of_a_selection_are_decided_if_they_are_those_that_were_seen()
    {
        _api = await StartAsync(ChatwootLive);
        await AskAsync();
        var seen = await _api.GetAsync("/api/approvals/selection?kind=support.reply");
        var body = new { filter = new { kind = "support.reply" }, decision = "reject", count = 1, digest = seen.Text("digest"), reason = "a drill" };
        await AskAsync();

        var other = await _api.PostAsync("/api/approvals/decide", body);
        var present = await _api.GetAsync("/api/approvals/selection?kind=support.reply");
        var otherOnes = await _api.PostAsync("/api/approvals/decide", body with { count = 2 });
        var otherCount = await _api.PostAsync("/api/approvals/decide", body with { digest = present.Text("digest") });
        var decided = await _api.PostAsync("/api/approvals/decide", body with { count = 2, digest = present.Text("digest") });

        Assert.All([other, otherOnes, otherCount], refused => Assert.Equal((409, "action_changed"), (refused.Status, refused.Code)));
        Assert.Equal("""{"decided":2,"refused":[]}""", decided.Json.GetRawText());
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_field_by_field()
    {
        _api = await StartAsync(ChatwootLive);
        var asked = await AskAsync();
        var path = $"/api/approvals/{asked.Id}";

        var list = await _api.GetAsync("/api/approvals?state=lost&risk=9&cursor=x&limit=0");
        var grade = await _api.PostAsync($"{path}/grade", new { tone = 6, accuracy = 0 });
        var reject = await _api.PostAsync($"{path}/reject", new { });
        var edit = await _api.PostAsync($"{path}/edit", new { hash = asked.Hash, content = " " });
        var decide = await _api.PostAsync("/api/approvals/decide", new { filter = new { state = "sent" }, decision = "reject" });
        var settle = await _api.PostAsync($"{path}/settle", new { happened = true, reason = "looked" });
        var unknown = await _api.PostAsync($"/api/approvals/{Guid.NewGuid()}/approve", new { hash = asked.Hash });

        Assert.All(["state", "risk", "cursor", "limit"], field => Assert.NotEmpty(list.Error(field)));
        Assert.All(["tone", "accuracy", "policy"], field => Assert.NotEmpty(grade.Error(field)));
        Assert.All(["hash", "reason"], field => Assert.NotEmpty(reject.Error(field)));
        Assert.NotEmpty(edit.Error("content"));
        Assert.All(["filter.state", "count", "digest", "reason"], field => Assert.NotEmpty(decide.Error(field)));
        Assert.Equal((409, 404), (settle.Status, unknown.Status));
    }

    private Task<Approval> AskAsync() => _api.Services.GetRequiredService<ApprovalStore>().RequestAsync(
        new() { Kind = GuardedKinds.SupportReply, Target = "42", TargetVersion = "7", Content = "On its way" }, $"bot {Guid.Empty}", Ct);
}
