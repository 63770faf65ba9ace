using System.Globalization;

namespace HotDash.Integrations.Publer;

/// <summary>https://publer.com/docs/api-reference/introduction</summary>
public sealed class PublerClient(HttpClient http, PublerOptions options, TimeProvider clock)
{
    /// <summary>How many posts one call takes. Publer documents no limit; one lost answer should put few posts in doubt.</summary>
    public const int MaxPostsPerCall = 25;

    private const int MaxPages = 200;

    private readonly ProviderHttp provider = new(http, options, clock);

    public async Task<IReadOnlyList<PublerAccount>> ListAccountsAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/accounts");
        var rows = await provider.ReadRowsAsync(request, PublerJson.Default.IReadOnlyListAccountRow, ct);

        return [.. rows.Select(row => new PublerAccount(row.Id, row.Provider, row.Name))];
    }

    /// <summary>Hands posts over in one call: all at once, or all scheduled. Publer works on them after it has answered.</summary>
    /// <returns>Publer's job id.</returns>
    public async Task<string> SubmitAsync(IReadOnlyList<PublerPost> posts, CancellationToken ct)
    {
        using var request = PublerSubmission.Request(posts);
        var reply = await provider.ReadAsync(request, PublerJson.Default.JsonElement, ct);

        return PublerReplies.JobId(reply)
            ?? throw Failures.UnexpectedReply(options.Key, "the reply has no job id", outcomeUnknown: true);
    }

    public async Task<PublerJob> GetJobAsync(string providerJobId, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/job_status/{Uri.EscapeDataString(providerJobId)}");
        var reply = await provider.ReadAsync(request, PublerJson.Default.JsonElement, ct);

        return PublerReplies.Job(reply)
            ?? throw Failures.UnexpectedReply(options.Key, "the reply has no job status", outcomeUnknown: false);
    }

    /// <summary>Every post of the days from the one to the other, both included, in any state. Publer filters by whole days (UTC).</summary>
    public async Task<IReadOnlyList<PublerPostRecord>> ListPostsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var posts = new List<PublerPostRecord>();
        for (var page = 0; page < MaxPages; page++)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"api/v1/posts?state=all&from={Day(from)}&to={Day(to.AddDays(1))}&page={page}");
            var reply = await provider.ReadAsync(request, PublerJson.Default.PostsPage, ct);

            posts.AddRange(reply.Posts.Select(row => row?.ToPost()
                ?? throw Failures.UnexpectedReply(options.Key, "the reply has a post that is null", outcomeUnknown: false)));
            if (reply.Posts is [] || page + 1 >= reply.TotalPages)
                return posts;
        }

        // A part of the list must not pass for all of it: who looks for a lost post would send it again.
        throw Failures.UnexpectedReply(options.Key, "the list of posts does not end", outcomeUnknown: false);
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
