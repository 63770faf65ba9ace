using System.Globalization;
using System.Runtime.CompilerServices;

namespace HotDash.Integrations.Publer;

/// <summary>https://publer.com/docs/api-reference/introduction</summary>
public sealed class PublerClient(ProviderHttp provider)
{
    /// <summary>How many posts one call takes. Publer documents no limit; one lost answer should put few posts in doubt.</summary>
    public const int MaxPostsPerCall = 25;

    private const int MaxPages = 200;

    /// <summary>Whether the key is valid, whatever the workspace.</summary>
    public async Task AuthenticateAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, "api/v1/users/me");
        await provider.SendAsync("get-user", request, ct);
    }

    public async Task<IReadOnlyList<PublerAccount>> ListAccountsAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, "api/v1/accounts");
        var rows = await provider.ReadRowsAsync("list-accounts", request, PublerJson.Default.IReadOnlyListAccountRow, ct);

        return [.. rows.Select(row => new PublerAccount(row.Id, row.Provider, row.Name))];
    }

    /// <summary>Every workspace that the key may use; the calls of this client are for the configured one.</summary>
    public async Task<IReadOnlyList<PublerWorkspace>> ListWorkspacesAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, "api/v1/workspaces");
        var rows = await provider.ReadRowsAsync("list-workspaces", request, PublerJson.Default.IReadOnlyListWorkspaceRow, ct);

        return [.. rows.Select(row => new PublerWorkspace(row.Id, row.Name))];
    }

    /// <summary>Puts a picture or film into the workspace's library, at most 200 MB of it.</summary>
    /// <param name="name">With its extension, by which Publer knows what it is.</param>
    public async Task<PublerMedia> UploadMediaAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { { new ReadOnlyMemoryContent(content), "file", name } };
        using var request = new ProviderRequest(HttpMethod.Post, "api/v1/media") { Content = form };
        var row = await provider.ReadAsync("upload-media", request, PublerJson.Default.MediaRow, ct);

        return new(row.Id, row.Type, row.Name);
    }

    /// <summary>Has Publer fetch a picture or film from a public address.</summary>
    /// <returns>Publer's job id: ask <see cref="GetJobAsync"/> until it has ended.</returns>
    public async Task<string> FetchMediaAsync(string name, Uri address, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Post, "api/v1/media/from-url")
        {
            Content = JsonBody.Of(new MediaSource([new(address.AbsoluteUri, name)], "single"), PublerJson.Default.MediaSource),
        };

        return await provider.ReadAsync("fetch-media", request, PublerJson.Default.JsonElement, PublerReplies.JobId, ct);
    }

    /// <summary>Hands posts over in one call: all at once, or all scheduled. Publer works on them after it has answered.</summary>
    /// <returns>Publer's job id.</returns>
    public async Task<string> SubmitAsync(IReadOnlyList<PublerPost> posts, CancellationToken ct)
    {
        using var request = PublerSubmission.Request(posts);

        return await provider.ReadAsync("submit-posts", request, PublerJson.Default.JsonElement, PublerReplies.JobId, ct);
    }

    public async Task<PublerJob> GetJobAsync(string providerJobId, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, $"api/v1/job_status/{Uri.EscapeDataString(providerJobId)}");

        return await provider.ReadAsync("get-job", request, PublerJson.Default.JsonElement, PublerReplies.Job, ct);
    }

    /// <summary>
    /// Every post of the days from the one to the other, both included, in any state, a page at a time. Publer filters by whole days (UTC).
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<PublerPostRecord>> ListPostsAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var page = 0; ; page++)
        {
            var reply = await ReadPageAsync(from, to, page, ct);
            yield return [.. reply.Posts.Select(row => row!.ToPost())];

            if (reply.Posts is [] || page + 1 >= reply.TotalPages)
                yield break;
        }
    }

    private async Task<PostsPage> ReadPageAsync(DateTimeOffset from, DateTimeOffset to, int page, CancellationToken ct)
    {
        using var request = new ProviderRequest(
            HttpMethod.Get, $"api/v1/posts?state=all&from={Day(from)}&to={Day(to.AddDays(1))}&page={page}");

        return await provider.ReadAsync("list-posts", request.Continues(when: page > 0), PublerJson.Default.PostsPage, WithoutGaps, ct);
    }

    private static PostsPage WithoutGaps(PostsPage page)
    {
        if (page.Posts.Contains(null))
            throw new UnreadableReplyException("the reply has a post that is null");

        // A part of the list must not pass for all of it: who looks for a lost post would send it again.
        return page.TotalPages <= MaxPages ? page : throw new UnreadableReplyException("the list of posts does not end");
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
