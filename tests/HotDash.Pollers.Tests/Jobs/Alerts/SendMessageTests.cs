using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HotDash.ControlPlane.DeadLetters;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Alerts;

public sealed class SendMessageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_message_is_signed_and_stays_the_same_until_the_receiver_takes_it()
    {
        await using var world = await AlertWorld.CreateAsync(postgres);
        world.Receiver.Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.NoContent);
        var alert = await world.OpenAsync();

        await world.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["alert.opened sent"], await world.MessagesAsync());
        var (first, second) = (world.Receiver.Requests[0], world.Receiver.Requests[1]);
        Assert.Equal((first.Body, first.Headers["webhook-id"]), (second.Body, second.Headers["webhook-id"]));
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
        Assert.All(world.Receiver.Requests, request => Assert.Equal(("POST https://receiver.example/alerts", Signature(request)), ($"{request.Method} {request.Address}", request.Headers["webhook-signature"])));
        var body = JsonDocument.Parse(first.Body).RootElement;
        Assert.Equal(
            ("alert.opened", "open", alert.Id), (body.GetProperty("type").GetString(), body.GetProperty("data").GetProperty("state").GetString(), body.GetProperty("data").GetProperty("id").GetGuid()));
        Assert.Empty(await world.LettersAsync());
    }

    [Fact]
    public async Task What_the_receiver_refuses_is_a_dead_letter_until_a_replay_brings_it_there()
    {
        await using var world = await AlertWorld.CreateAsync(postgres);
        world.Receiver.Replies(HttpStatusCode.BadRequest).Replies(HttpStatusCode.NoContent);
        await world.OpenAsync();
        await world.RunForAsync(TimeSpan.FromMinutes(1));
        var kept = Assert.Single(await world.LettersAsync());

        await world.ReplayAsync();
        await world.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("alert-webhook", "send-message", LetterState.Pending), (kept.Integration, kept.Operation, kept.State));
        Assert.Equal(LetterState.Replayed, (await world.LetterAsync(kept.Id)).State);
        Assert.Equal(kept.IdempotencyKey, world.Receiver.Requests[1].Headers["webhook-id"]);
        Assert.Equal(["alert.opened sent"], await world.MessagesAsync());
    }

    [Fact]
    public async Task A_receiver_that_is_away_for_hours_leaves_a_dead_letter()
    {
        await using var world = await AlertWorld.CreateAsync(postgres);
        for (var call = 0; call < 20; call++)
            world.Receiver.Replies(HttpStatusCode.ServiceUnavailable);
        await world.OpenAsync();

        await world.RunForAsync(TimeSpan.FromHours(24));

        var letter = Assert.Single(await world.LettersAsync());
        Assert.Equal((20, 20, LetterState.Pending), (world.Receiver.Requests.Count, letter.Attempts, letter.State));
    }

    [Fact]
    public async Task A_worker_that_dies_when_the_receiver_has_taken_a_message_leaves_nothing_to_send_again()
    {
        await using var world = await AlertWorld.CreateAsync(postgres);
        world.Receiver.Replies(HttpStatusCode.NoContent);
        await world.OpenAsync();

        var job = (await world.ClaimAsync())!;
        await world.RunAsync(job, dies: true);
        await world.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["alert.opened sent"], await world.MessagesAsync());
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task Each_change_is_told_but_of_what_is_silenced_only_an_end_that_somebody_waits_for()
    {
        await using var world = await AlertWorld.CreateAsync(postgres);
        for (var call = 0; call < 4; call++)
            world.Receiver.Replies(HttpStatusCode.NoContent);
        var told = await world.OpenAsync();
        await world.Decisions.AcknowledgeAsync(told.Id, "ada", null, TestContext.Current.CancellationToken);
        await world.Decisions.SilenceAsync(told.Id, world.Now.AddHours(1), "ada", "known", TestContext.Current.CancellationToken);
        await PassAsync(world, minutes: 30, refused: false); // resolved, and the silence goes on
        var silent = await world.OpenAsync();
        await world.Decisions.AcknowledgeAsync(silent.Id, "ada", null, TestContext.Current.CancellationToken);
        var before = await world.MessagesAsync();

        await PassAsync(world, minutes: 31, refused: true); // the silence is over
        await world.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["alert.opened", "alert.acknowledged", "alert.resolved"], before);
        Assert.Equal(["alert.opened sent", "alert.acknowledged sent", "alert.resolved sent", "alert.opened sent"], await world.MessagesAsync());
    }

    private static async Task PassAsync(AlertWorld world, int minutes, bool refused)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await world.PassAsync(TimeSpan.FromMinutes(1));
            await world.CheckAsync(refused);
        }
    }

    private static string Signature(StubRequest request)
    {
        var key = Convert.FromBase64String(AlertWorld.Secret["whsec_".Length..]);
        var content = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Body}";
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)))}";
    }
}
