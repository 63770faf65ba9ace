using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Supabase;

/// <summary>https://docs.postgrest.org/en/stable/references/api.html</summary>
public sealed class SupabaseClient(ProviderHttp provider, TimeProvider clock)
{
    /// <summary>Below the 1,000 rows at which Supabase cuts an answer without a word.</summary>
    public const int MaxIdeasPerPage = 500;

    private static readonly IdeaStatus[] Statuses = Enum.GetValues<IdeaStatus>();

    /// <summary>Whether the key is valid. Asks for the head alone: the description of a large project has megabytes.</summary>
    public async Task AuthenticateAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Head, "rest/v1/");
        await provider.SendAsync("get-root", request, ct);
    }

    /// <summary>A page of at most <paramref name="limit"/> ideas, newest first, and the totals for the filter.</summary>
    public async Task<IdeaPage> ListIdeasAsync(IdeaFilter filter, IdeaPosition? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxIdeasPerPage);

        var totals = CountAsync(filter, ct);
        var page = ReadIdeasAsync("list-ideas", new(HttpMethod.Get, IdeaQueries.Page(filter, after, limit)), ct);
        await Task.WhenAll(totals, page);

        var ideas = await page;
        return ideas.Count > limit
            ? new([.. ideas.Take(limit)], new(ideas[limit - 1].CreatedAt, ideas[limit - 1].Id), await totals)
            : new(ideas, null, await totals);
    }

    /// <summary>Adds the idea unless one with its id exists; that one is returned then.</summary>
    public async Task<Idea> CreateIdeaAsync(NewIdea idea, CancellationToken ct)
    {
        var insert = Write(HttpMethod.Post, IdeaQueries.Insert(), idea, SupabaseJson.Default.NewIdea,
            prefer: "resolution=ignore-duplicates,return=representation");
        if (await ReadIdeasAsync("create-idea", insert, ct) is [var added])
            return added;

        return await FindIdeaAsync(idea.Id, ct);
    }

    /// <returns>The idea as it is now, or null when there is none with this id.</returns>
    public async Task<Idea?> ReviewIdeaAsync(string id, IdeaStatus decision, string reviewer, CancellationToken ct)
    {
        if (decision is not (IdeaStatus.Approved or IdeaStatus.Rejected))
            throw new ArgumentOutOfRangeException(nameof(decision), decision, "A review approves or rejects.");

        var update = Write(HttpMethod.Patch, IdeaQueries.ById(id), new Review(decision, reviewer, clock.GetUtcNow()),
            SupabaseJson.Default.Review, prefer: "return=representation");

        return await ReadIdeasAsync("review-idea", update, ct) is [var reviewed] ? reviewed : null;
    }

    /// <summary>All experiments, the latest first; the server's own row limit (1,000 at Supabase) holds.</summary>
    public async Task<IReadOnlyList<Experiment>> ListExperimentsAsync(CancellationToken ct)
    {
        var query = new PostgrestQuery("experiments")
            .With("select", "id,name,status,hypothesis,metric,lift,started_at,ended_at")
            .With("order", "started_at.desc,id.desc");
        using var request = new ProviderRequest(HttpMethod.Get, query.ToString());

        return [.. (await provider.ReadRowsAsync("list-experiments", request, SupabaseJson.Default.IReadOnlyListExperimentRow, ct)).Select(row => row.ToExperiment())];
    }

    /// <summary>Writes one row per job and account; writing it again replaces it.</summary>
    public Task SaveReceiptsAsync(IReadOnlyList<SocialReceipt> receipts, CancellationToken ct) =>
        SaveAsync("save-receipts", "social_receipts", "job_id,account_id", receipts, SupabaseJson.Default.IReadOnlyListSocialReceipt, ct);

    /// <summary>Writes one row per approval and grader; writing it again replaces it.</summary>
    public Task SaveGradesAsync(IReadOnlyList<ApprovalGrade> grades, CancellationToken ct) =>
        SaveAsync("save-grades", "approval_grades", "approval_id,grader", grades, SupabaseJson.Default.IReadOnlyListApprovalGrade, ct);

    private async Task SaveAsync<T>(string operation, string table, string key, IReadOnlyList<T> rows, JsonTypeInfo<IReadOnlyList<T>> shape, CancellationToken ct)
    {
        if (rows is [])
            return;

        using var upsert = Write(
            HttpMethod.Post, new PostgrestQuery(table).With("on_conflict", key).ToString(), rows, shape, prefer: "resolution=merge-duplicates,return=minimal");
        await provider.SendAsync(operation, upsert, ct);
    }

    private async Task<Idea> FindIdeaAsync(string id, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, IdeaQueries.ById(id));

        return await provider.ReadAsync("find-idea", request, SupabaseJson.Default.IReadOnlyListIdeaRow, rows => rows is [{ } present]
            ? present.ToIdea()
            : throw new UnreadableReplyException("the idea is neither new nor there"), ct);
    }

    /// <summary>Calls a function of the database that changes nothing (<c>stable</c> or <c>immutable</c>).</summary>
    /// <param name="arguments">By name, as text: PostgREST turns each into its type.</param>
    public async Task<JsonElement> ReadFunctionAsync(string function, IReadOnlyDictionary<string, string> arguments, CancellationToken ct)
    {
        var query = arguments.Aggregate(new PostgrestQuery($"rpc/{Uri.EscapeDataString(function)}"), (query, argument) => query.With(Uri.EscapeDataString(argument.Key), argument.Value));
        using var request = new ProviderRequest(HttpMethod.Get, query.ToString());

        return await provider.ReadAsync("read-function", request, SupabaseJson.Default.JsonElement, ct);
    }

    /// <summary>Calls a function of the database, which may write: nobody repeats it.</summary>
    /// <param name="arguments">An object with each argument by name.</param>
    public async Task<JsonElement> CallFunctionAsync(string function, JsonElement arguments, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Post, $"rest/v1/rpc/{Uri.EscapeDataString(function)}")
        {
            Content = JsonBody.Of(arguments, SupabaseJson.Default.JsonElement),
        };

        return await provider.ReadAsync("call-function", request, SupabaseJson.Default.JsonElement, ct);
    }

    private async Task<IReadOnlyList<Idea>> ReadIdeasAsync(string operation, ProviderRequest request, CancellationToken ct)
    {
        using (request)
            return [.. (await provider.ReadRowsAsync(operation, request, SupabaseJson.Default.IReadOnlyListIdeaRow, ct)).Select(row => row.ToIdea())];
    }

    /// <summary>PostgREST counts in one query only where aggregates are switched on, and hosted projects have them off: one request per status.</summary>
    private async Task<IdeaTotals> CountAsync(IdeaFilter filter, CancellationToken ct)
    {
        var counts = await Task.WhenAll(Statuses.Select(status => filter.Status is { } only && only != status
            ? Task.FromResult(0)
            : CountIdeasAsync(filter with { Status = status }, ct)));

        return new(counts.Sum(), counts[(int)IdeaStatus.PendingReview], counts[(int)IdeaStatus.Draft],
            counts[(int)IdeaStatus.Approved], counts[(int)IdeaStatus.Rejected]);
    }

    public async Task<int> CountIdeasAsync(IdeaFilter filter, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Head, IdeaQueries.Count(filter));
        request.Headers.Add("Prefer", "count=exact");

        return await provider.SendAsync("count-ideas", request, RowCount.Read, ct);
    }

    private static ProviderRequest Write<T>(HttpMethod method, string address, T body, JsonTypeInfo<T> shape, string prefer)
    {
        var request = new ProviderRequest(method, address) { Content = JsonBody.Of(body, shape) };
        request.Headers.Add("Prefer", prefer);
        return request;
    }
}
