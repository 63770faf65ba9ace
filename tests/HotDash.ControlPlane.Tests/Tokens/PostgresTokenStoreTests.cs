using HotDash.ControlPlane.Tokens;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Tokens;

public sealed class PostgresTokenStoreTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly TokenEndpoint _endpoint = new();

    [Fact]
    public async Task However_many_processes_ask_at_once_one_of_them_fetches_and_all_get_that_token()
    {
        var processes = Enumerable.Range(0, 8).Select(_ => Process(After(TimeSpan.Zero))).ToList();

        var asking = processes.SelectMany(process => Enumerable.Range(0, 4).Select(_ => GetAsync(process))).ToList();
        await _endpoint.AskedAsync();
        _endpoint.Answer();
        var tokens = await Task.WhenAll(asking);

        Assert.Equal(1, _endpoint.Asked);
        Assert.All(tokens, token => Assert.Equal("token-1", token.Value));
        Assert.All(tokens, token => Assert.InRange(token.GoodFor, Hour - TimeSpan.FromMinutes(1), Hour));
    }

    [Fact]
    public async Task A_token_is_renewed_once_when_its_time_is_over()
    {
        _endpoint.Answer();
        await GetAsync(Process(Store));

        var soon = await GetAsync(Process(After(Hour - TimeSpan.FromMinutes(1))));
        var later = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => GetAsync(Process(After(Hour)))));

        Assert.Equal("token-1", soon.Value);
        Assert.All(later, token => Assert.Equal("token-2", token.Value));
        Assert.Equal(2, _endpoint.Asked);
    }

    [Fact]
    public async Task A_token_that_the_provider_refused_is_replaced_once_for_all_who_heard_so()
    {
        _endpoint.Answer();
        var refused = await GetAsync(Process(Store));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => GetAsync(Process(After(TimeSpan.Zero)), refused.Value)));

        Assert.All(tokens, token => Assert.Equal("token-2", token.Value));
        Assert.Equal(2, _endpoint.Asked);
    }

    [Fact]
    public async Task When_the_one_that_fetches_dies_another_takes_over_after_its_lease()
    {
        Assert.True(await new TokenRows(Store).ClaimAsync("ga4", 0, Guid.NewGuid(), Ct));
        _endpoint.Answer();

        var token = await GetAsync(Process(After(TokenRows.Lease)));

        Assert.Equal("token-1", token.Value);
    }

    [Fact]
    public async Task What_a_late_fetcher_brings_does_not_replace_what_its_successor_brought()
    {
        var late = Guid.NewGuid();
        await new TokenRows(Store).ClaimAsync("ga4", 0, late, Ct);
        _endpoint.Answer();
        await GetAsync(Process(After(TokenRows.Lease)));

        await new TokenRows(Store).SaveAsync("ga4", late, [1, 2, 3], Hour, Ct);

        Assert.Equal("token-1", (await GetAsync(Process(Store))).Value);
    }

    [Fact]
    public async Task A_fetch_that_fails_is_told_to_whoever_asked_and_the_next_one_may_try_at_once()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Process(Store).GetAsync("ga4", null, _ => throw new InvalidOperationException(), Ct));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from access_tokens where fetching_until is not null"));
        _endpoint.Answer();

        Assert.Equal("token-1", (await GetAsync(Process(Store))).Value);
    }

    [Fact]
    public async Task The_store_holds_no_token_that_can_be_read_and_none_that_opens_elsewhere()
    {
        _endpoint.Answer();
        await GetAsync(Process(Store));

        Assert.Equal(0, await ScalarAsync<long>("select count(*) from access_tokens t where position('token-1' in encode(sealed, 'escape') || t::text) > 0"));
        await ScalarAsync<object>("insert into access_tokens select 'gsc', version, sealed, good_until from access_tokens");
        Assert.Equal("token-2", (await Process(Store).GetAsync("gsc", null, _endpoint.FetchAsync, Ct)).Value);
        Assert.Equal("token-3", (await GetAsync(new PostgresTokenStore(Store, new EphemeralDataProtectionProvider(), TimeProvider.System, NullLogger<PostgresTokenStore>.Instance))).Value);
    }

    [Fact]
    public async Task While_the_store_is_away_a_process_fetches_its_own()
    {
        _endpoint.Answer();

        Assert.Equal("token-1", (await GetAsync(Process(Away()))).Value);
    }

    [Fact]
    public async Task Tokens_whose_name_nobody_uses_any_more_go()
    {
        _endpoint.Answer();
        await GetAsync(Process(Store));

        await Process(After(TimeSpan.FromDays(2))).GetAsync("gsc", null, _endpoint.FetchAsync, Ct);

        Assert.Equal("gsc", await ScalarAsync<string>("select string_agg(name, ' ') from access_tokens"));
    }

    private PostgresTokenStore Process(NpgsqlDataSource store) => new(store, _keys, TimeProvider.System, NullLogger<PostgresTokenStore>.Instance);

    private Task<AccessToken> GetAsync(PostgresTokenStore process, string? refused = null) => process.GetAsync("ga4", refused, _endpoint.FetchAsync, Ct);

    /// <summary>Gives out token-1, token-2 … once it may.</summary>
    private sealed class TokenEndpoint
    {
        private readonly TaskCompletionSource _mayAnswer = new();
        private readonly TaskCompletionSource _asked = new();
        private int _count;

        public int Asked => _count;

        public Task AskedAsync() => _asked.Task;

        public void Answer() => _mayAnswer.TrySetResult();

        public async Task<AccessToken> FetchAsync(CancellationToken ct)
        {
            var number = Interlocked.Increment(ref _count);
            _asked.TrySetResult();
            await _mayAnswer.Task.WaitAsync(ct);

            return new($"token-{number}", Hour);
        }
    }
}
