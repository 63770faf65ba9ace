using System.Globalization;
using System.Text.Json;
using HotDash.Api.Tests.Features.Audit;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.Api.Tests.Features.Stream;

public sealed class StreamTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    /// <summary>Milliseconds; what never comes must not be waited for without end.</summary>
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_reader_is_told_of_each_change_and_goes_on_at_another_replica()
    {
        var one = await StartAsync();
        using var sequencer = await Sequencer.StartAsync(ConnectionString);
        await using var other = await ApiUnderTest.StartAsync(ConnectionString, Wire);
        await other.UseKeyAsync("read");
        using var first = await EventReader.OpenAsync(one);

        await KillAsync(one, "export_pdf");
        var killed = await first.UntilAsync("export_pdf");
        await KillAsync(one, "ai_coaching_v2");
        using var second = await EventReader.OpenAsync(other, killed.Id);
        var next = await second.UntilAsync("ai_coaching_v2");

        Assert.Equal(("flag", "kill", "it leaks"), (killed.Text("kind"), killed.Text("action"), killed.Text("reason")));
        Assert.Equal(killed.Text("seq"), killed.Id);
        Assert.True(long.Parse(next.Id, CultureInfo.InvariantCulture) > long.Parse(killed.Id, CultureInfo.InvariantCulture));
    }

    [Fact(Timeout = Patience)]
    public async Task A_reader_that_is_far_behind_gets_everything_once_and_in_order()
    {
        var api = await StartAsync();
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using (var many = store.CreateCommand(
            """
            insert into audit_entries (kind, object_id, action, actor, seq, hash) select 'flag', 'flag-' || number, 'change', 'ada', number, '' from generate_series(1, 250) number;
            update audit_chain set seq = 250
            """))
            await many.ExecuteNonQueryAsync(Ct);

        using var reader = await EventReader.OpenAsync(api, "10");
        var events = new List<string>();
        while (events.Count < 240)
            events.Add((await reader.NextAsync()).Id);

        Assert.Equal(Enumerable.Range(11, 240).Select(number => number.ToString(CultureInfo.InvariantCulture)), events);
    }

    [Fact(Timeout = Patience)]
    public async Task While_nothing_happens_it_says_that_it_is_still_here()
    {
        var api = await StartAsync(("Stream:Heartbeat", "00:00:00.050"));
        using var reader = await EventReader.OpenAsync(api);

        var line = await reader.CommentAsync();

        Assert.Equal(": still here", line);
    }

    [Fact(Timeout = Patience)]
    public async Task It_ends_when_the_host_stops()
    {
        var api = await StartAsync();
        using var reader = await EventReader.OpenAsync(api);

        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Null(await reader.CommentAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task It_ends_when_its_key_is_revoked()
    {
        var api = await StartAsync(("Stream:Heartbeat", "00:00:00.050"));
        var key = await api.UseKeyAsync("read");
        using var reader = await EventReader.OpenAsync(api);

        await api.Services.GetRequiredService<ApiKeyStore>().RevokeAsync(key, "ada", Ct);

        while (await reader.CommentAsync() is not null)
        {
        }
    }

    [Fact(Timeout = Patience)]
    public async Task There_are_so_many_readers_and_no_more()
    {
        var api = await StartAsync(("Stream:MaxReaders", "1"));
        Reply refused;
        using (await EventReader.OpenAsync(api))
            refused = await api.GetAsync("/api/stream");

        while (await TryAsync(api) is not 200)
            await Task.Yield();

        Assert.Equal((503, "too_many_streams", "5"), (refused.Status, refused.Code, $"{refused.Message.Headers.RetryAfter}"));
    }

    [Theory]
    [InlineData("/api/stream?lastEventId=yesterday", "lastEventId")]
    [InlineData("/api/stream?from=1", "from")]
    public async Task A_bad_question_is_named(string path, string field)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync(path);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    /// <summary>That a reader has gone is seen a moment later.</summary>
    private static async Task<int> TryAsync(ApiUnderTest api)
    {
        using var answer = await api.Http.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, Ct);
        return (int)answer.StatusCode;
    }

    private static Task<Reply> KillAsync(ApiUnderTest api, string flag) => api.PostAsync($"/api/flags/{flag}/kill", new { reason = "it leaks" });
}

internal sealed record StreamEvent(string Id, JsonElement Data)
{
    public string Text(string name) => Data.GetProperty(name).ToString();
}

/// <summary>Reads events as a browser does.</summary>
internal sealed class EventReader(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The stream is open when this returns: what is changed from now on is told.</summary>
    public static async Task<EventReader> OpenAsync(ApiUnderTest api, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stream");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        Assert.StartsWith("retry: ", await lines.ReadLineAsync(Ct), StringComparison.Ordinal);
        return new(answer, lines);
    }

    public async Task<StreamEvent> NextAsync()
    {
        var id = "";
        while (await lines.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return new(id, JsonDocument.Parse(line[6..]).RootElement);
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    public async Task<StreamEvent> UntilAsync(string objectId)
    {
        while (true)
        {
            if (await NextAsync() is var told && told.Text("objectId") == objectId)
                return told;
        }
    }

    /// <returns>Null when the stream has ended.</returns>
    public async Task<string?> CommentAsync()
    {
        while (await lines.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith(':'))
                return line;
        }

        return null;
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
