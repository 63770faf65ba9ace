using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Social;

public sealed class SecrecyTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Text = "our-customers-own-words";

    [Fact]
    public async Task Neither_a_customers_words_nor_a_key_get_into_logs_or_spans()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        Wire.Publer.Replies(HttpStatusCode.OK, """[{"id":"acc-1","provider":"facebook","name":"Shop"}]""");
        var api = await StartAsync(PublerLive);
        var key = api.Http.DefaultRequestHeaders.Authorization!.Parameter!;

        var accepted = await api.PostAsync("/api/social/post", new { text = Text, accountIds = new[] { "acc-1" } }, ("Idempotency-Key", "k"));
        await api.PostTextAsync("/api/social/post", $$"""{"text":"{{Text}}","accountIds":["acc-1"],"{{Text}}":1}""");
        await api.PostTextAsync("/api/social/post", $$"""{"text":{{Text}}}""");
        await api.GetAsync($"/api/social/status/{accepted.Text("jobId")}");

        Assert.Equal(202, accepted.Status);
        Assert.NotEmpty(spans);
        foreach (var seen in (string[])[api.Logs.Text, .. spans.ToArray()])
        {
            Assert.DoesNotContain(Text, seen, StringComparison.Ordinal);
            Assert.DoesNotContain(key, seen, StringComparison.Ordinal);
            Assert.DoesNotContain("publer-test-key", seen, StringComparison.Ordinal);
        }
    }
}
