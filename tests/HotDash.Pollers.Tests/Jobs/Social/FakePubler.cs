using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HotDash.Pollers.Tests.Jobs.Social;

/// <summary>What happens to one call on its way.</summary>
internal enum Fate { Delivered, AnswerLost, Dropped, Refused, Limited, Unavailable, Rejected }

/// <summary>Publer in memory: takes posts, makes them a while later, lists them, and can lose anything on the way.</summary>
internal sealed class FakePubler(Func<DateTimeOffset> now) : HttpMessageHandler
{
    private readonly List<FakePost> _posts = [];
    private readonly Dictionary<string, FakeJob> _jobs = new(StringComparer.Ordinal);

    /// <summary>Chooses the fate of a call, and may let it wait.</summary>
    public Func<FakeCall, Task<Fate>> OnCall { get; set; } = _ => Task.FromResult(Fate.Delivered);

    /// <summary>How long after a call its posts exist.</summary>
    public Func<TimeSpan> Lag { get; set; } = () => TimeSpan.FromSeconds(1);

    /// <summary>How far Publer's clock is ahead.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>How many posts one page of the list shows.</summary>
    public int PerPage { get; set; } = int.MaxValue;

    public bool NewestFirst { get; set; }

    public bool SaysCreatedAt { get; set; } = true;

    public bool NeverEnds { get; set; }

    public Dictionary<string, string> FailingAccounts { get; } = new(StringComparer.Ordinal);

    public List<FakeCall> Calls { get; } = [];

    /// <summary>Every post that was ever made.</summary>
    public IReadOnlyList<FakePost> Posts => _posts;

    public IEnumerable<FakeCall> Submissions => Calls.Where(call => call.IsSubmission);

    /// <summary>The effect of a submission, whenever it reaches Publer.</summary>
    public string Take(FakeCall call)
    {
        var lag = Lag();
        var job = new FakeJob($"job-{_jobs.Count + 1}", now() + lag, call.Posts.Where(post => FailingAccounts.ContainsKey(post.AccountId)).ToList());
        _jobs.Add(job.Id, job);
        foreach (var post in call.Posts.Except(job.Failed))
            _posts.Add(post with { Id = $"post-{_posts.Count + 1}", MadeAt = now() + lag });

        return job.Id;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = FakeCall.Read(request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None));
        Calls.Add(call);

        return await OnCall(call) switch
        {
            Fate.Delivered => Answer(call),
            Fate.AnswerLost => Lose(call),
            Fate.Dropped => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            Fate.Refused => throw new HttpRequestException(HttpRequestError.ConnectionError),
            Fate.Limited => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(7)) } },
            Fate.Unavailable => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            _ => new HttpResponseMessage(HttpStatusCode.BadRequest),
        };
    }

    private HttpResponseMessage Lose(FakeCall call)
    {
        if (call.IsSubmission)
            Take(call);

        throw new HttpRequestException(HttpRequestError.ResponseEnded);
    }

    private HttpResponseMessage Answer(FakeCall call) => call.Path switch
    {
        _ when call.IsSubmission => Json(new JsonObject { ["job_id"] = Take(call) }),
        var path when path.Contains("/job_status/", StringComparison.Ordinal) => Json(Status(_jobs[path[(path.LastIndexOf('/') + 1)..]])),
        var path when path.EndsWith("/posts", StringComparison.Ordinal) => Json(List(call.Page)),
        var path when path.EndsWith("/accounts", StringComparison.Ordinal) =>
            Json(new JsonArray([.. SocialWorld.Accounts.Select(id => Account(id, "facebook")), Account(SocialWorld.Pictures, "instagram")])),
        _ => throw new InvalidOperationException($"Nobody planned for {call.Path}."),
    };

    private static JsonObject Account(string id, string provider) => new() { ["id"] = id, ["provider"] = provider, ["name"] = id };

    private JsonObject Status(FakeJob job) => new()
    {
        ["status"] = now() < job.DoneAt || NeverEnds ? "working" : "complete",
        ["payload"] = new JsonObject
        {
            ["failures"] = new JsonArray([.. job.Failed.Select(post => new JsonObject { ["account_id"] = post.AccountId, ["message"] = FailingAccounts[post.AccountId] })]),
        },
    };

    private JsonObject List(int page)
    {
        var shown = _posts.Where(post => post.MadeAt <= now());
        var pages = (NewestFirst ? shown.Reverse() : shown).Chunk(PerPage).ToList();

        return new()
        {
            ["posts"] = new JsonArray([.. pages.ElementAtOrDefault(page)?.Select(Row) ?? []]),
            ["total_pages"] = pages.Count,
        };
    }

    private JsonObject Row(FakePost post) => new()
    {
        ["id"] = post.Id,
        ["text"] = post.Text,
        ["account_id"] = post.AccountId,
        ["state"] = post.ScheduledAt is null ? "published" : "scheduled",
        ["scheduled_at"] = (post.ScheduledAt ?? (post.MadeAt + Skew)).ToString("O", CultureInfo.InvariantCulture),
        ["created_at"] = SaysCreatedAt ? (post.MadeAt + Skew).ToString("O", CultureInfo.InvariantCulture) : null,
        ["post_link"] = $"https://posts.example/{post.Id}",
    };

    private static HttpResponseMessage Json(JsonNode body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private sealed record FakeJob(string Id, DateTimeOffset DoneAt, IReadOnlyList<FakePost> Failed);
}

/// <summary>One request to Publer; a submission with the posts that it asks for.</summary>
internal sealed record FakeCall(string Path, int Page, IReadOnlyList<FakePost> Posts)
{
    private static readonly Regex PageInQuery = new("page=(?<page>[0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public bool IsList => Path.EndsWith("/posts", StringComparison.Ordinal);

    public bool IsSubmission => Posts.Count > 0;

    public static FakeCall Read(HttpRequestMessage request, string body) =>
        new(
            request.RequestUri!.AbsolutePath,
            PageInQuery.Match(request.RequestUri.Query) is { Success: true } page ? int.Parse(page.Groups["page"].ValueSpan, CultureInfo.InvariantCulture) : 0,
            request.Method == HttpMethod.Post ? ReadPosts(JsonDocument.Parse(body).RootElement) : []);

    private static List<FakePost> ReadPosts(JsonElement body) =>
    [
        .. body.GetProperty("bulk").GetProperty("posts").EnumerateArray().SelectMany(post => post.GetProperty("accounts").EnumerateArray()
            .Select(account => new FakePost(
                account.GetProperty("id").GetString()!,
                post.GetProperty("networks").EnumerateObject().First().Value.GetProperty("text").GetString()!,
                account.TryGetProperty("scheduled_at", out var time) ? time.GetDateTimeOffset() : null))),
    ];
}

internal sealed record FakePost(string AccountId, string Text, DateTimeOffset? ScheduledAt)
{
    public string Id { get; init; } = "";

    public DateTimeOffset MadeAt { get; init; }
}
