namespace HotDash.Integrations.Publer;

/// <summary>https://publer.com/docs/api-reference/introduction</summary>
public sealed class PublerClient(HttpClient http, PublerOptions options)
{
    /// <summary>How many posts one call takes. Publer documents no limit; one lost answer should put few posts in doubt.</summary>
    public const int MaxPostsPerCall = 25;

    public Task<IReadOnlyList<PublerAccount>> ListAccountsAsync(CancellationToken ct) =>
        throw new NotSupportedException($"{http.BaseAddress} {options.Key}");

    /// <summary>Hands posts over in one call: all at once, or all scheduled. Publer works on them after it has answered.</summary>
    /// <returns>Publer's job id.</returns>
    public Task<string> SubmitAsync(IReadOnlyList<PublerPost> posts, CancellationToken ct) => throw new NotSupportedException();

    public Task<PublerJob> GetJobAsync(string providerJobId, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Every post of the days from the one to the other, both included, in any state. Publer filters by whole days (UTC).</summary>
    public Task<IReadOnlyList<PublerPostRecord>> ListPostsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        throw new NotSupportedException();
}
