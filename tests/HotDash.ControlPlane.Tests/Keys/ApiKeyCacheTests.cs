using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Keys;

public sealed class ApiKeyCacheTests
{
    private static readonly ApiKeyIdentity Somebody = new(Guid.CreateVersion7(), "somebody", new HashSet<string>(["read"], StringComparer.Ordinal));

    private readonly ApiKeyCache _cache = new(new ManualTimeProvider());
    private int _asked;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_negative_answer_is_remembered_too()
    {
        await _cache.GetAsync("guess", Nobody, Ct);
        await _cache.GetAsync("guess", Nobody, Ct);

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Guesses_take_bounded_room_and_push_out_nobody()
    {
        await _cache.GetAsync("known", Known, Ct);

        for (var i = 0; i < 25_000; i++)
            await _cache.GetAsync($"guess {i}", Nobody, Ct);
        _asked = 0;
        var identity = await _cache.GetAsync("known", Known, Ct);

        Assert.Same(Somebody, identity);
        Assert.Equal(0, _asked);
        Assert.InRange(_cache.Count, 1, 10_001);
    }

    [Fact]
    public async Task One_key_presented_many_times_at_once_is_asked_for_once()
    {
        var answer = new TaskCompletionSource<ApiKeyCache.Answer>();
        var questions = Enumerable.Range(0, 100).Select(_ => _cache.GetAsync("known", () => { _asked++; return answer.Task; }, Ct)).ToList();

        answer.SetResult(new(Somebody, null));
        var identities = await Task.WhenAll(questions);

        Assert.All(identities, identity => Assert.Same(Somebody, identity));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_failed_question_is_asked_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetAsync("known", () => throw new InvalidOperationException(), Ct));

        var identity = await _cache.GetAsync("known", Known, Ct);

        Assert.Same(Somebody, identity);
    }

    private Task<ApiKeyCache.Answer> Known()
    {
        _asked++;
        return Task.FromResult(new ApiKeyCache.Answer(Somebody, null));
    }

    private Task<ApiKeyCache.Answer> Nobody()
    {
        _asked++;
        return Task.FromResult(new ApiKeyCache.Answer(null, null));
    }
}
