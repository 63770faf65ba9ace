using Dapper;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Keys;

public sealed class ApiKeyStoreTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly ManualTimeProvider _clock = new();

    private ApiKeyStore Keys => field ??= new(Store, _clock);

    [Fact]
    public async Task A_key_is_known_by_its_token_and_carries_its_name_and_scopes()
    {
        var made = await Keys.CreateAsync("ci", ["read", "operate"], ct: Ct);

        var identity = await Keys.VerifyAsync(made.Token, Ct);

        Assert.Equal((made.Id, "ci"), (identity!.Id, identity.Name));
        Assert.Equal(["operate", "read"], identity.Scopes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_is_recognisable_and_the_database_does_not_hold_it()
    {
        var made = await Keys.CreateAsync("ci", ["read"], ct: Ct);

        var row = await ScalarAsync<string>("select api_keys::text from api_keys");

        Assert.Matches("^hd_[A-Za-z0-9_-]{43}$", made.Token);
        Assert.DoesNotContain(made.Token[3..], row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hd_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("hd_with a space in it, and long enough")]
    public async Task An_unknown_or_impossible_token_is_nobody(string token)
    {
        var identity = await Keys.VerifyAsync(token, Ct);

        Assert.Null(identity);
    }

    [Fact]
    public async Task A_token_of_any_length_is_nobody_without_asking_the_store()
    {
        var identity = await new ApiKeyStore(Away(), _clock).VerifyAsync(new string('a', 1_000_000), Ct);

        Assert.Null(identity);
    }

    [Fact]
    public async Task An_expired_key_is_nobody()
    {
        var made = await new ApiKeyStore(After(TimeSpan.FromHours(-2)), _clock)
            .CreateAsync("old", ["read"], TimeProvider.System.GetUtcNow().AddHours(-1), ct: Ct);

        var identity = await Keys.VerifyAsync(made.Token, Ct);

        Assert.Null(identity);
    }

    [Fact]
    public async Task A_cached_key_ends_at_its_expiry_not_after_60_seconds()
    {
        var made = await Keys.CreateAsync("brief", ["read"], TimeProvider.System.GetUtcNow().AddSeconds(30), ct: Ct);
        await Keys.VerifyAsync(made.Token, Ct);
        await ExecuteAsync("update api_keys set expires_at = now() - interval '1 second'");

        var cached = await Keys.VerifyAsync(made.Token, Ct);
        _clock.Advance(TimeSpan.FromSeconds(31));
        var expired = await Keys.VerifyAsync(made.Token, Ct);

        Assert.NotNull(cached);
        Assert.Null(expired);
    }

    [Fact]
    public async Task A_revoked_key_is_nobody_here_at_once_and_elsewhere_after_60_seconds()
    {
        var elsewhere = new ApiKeyStore(Store, _clock);
        var made = await Keys.CreateAsync("ci", ["read"], ct: Ct);
        await Keys.VerifyAsync(made.Token, Ct);
        await elsewhere.VerifyAsync(made.Token, Ct);

        var revoked = await Keys.RevokeAsync(made.Id, "ada", Ct);
        var here = await Keys.VerifyAsync(made.Token, Ct);
        var before = await elsewhere.VerifyAsync(made.Token, Ct);
        _clock.Advance(TimeSpan.FromSeconds(60));
        var after = await elsewhere.VerifyAsync(made.Token, Ct);

        Assert.True(revoked);
        Assert.Null(here);
        Assert.NotNull(before);
        Assert.Null(after);
        Assert.False(await Keys.RevokeAsync(made.Id, "ada", Ct));
    }

    [Fact]
    public async Task While_the_store_is_away_a_known_key_holds_for_60_seconds_and_then_nobody_can_tell()
    {
        var made = await Keys.CreateAsync("ci", ["read"], ct: Ct);
        await using var failing = new BreakableStore(ConnectionString);
        var keys = new ApiKeyStore(failing.Store, _clock);
        await keys.VerifyAsync(made.Token, Ct);

        failing.Break();
        _clock.Advance(TimeSpan.FromSeconds(59));
        var known = await keys.VerifyAsync(made.Token, Ct);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(known);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => keys.VerifyAsync(made.Token, Ct));
    }

    [Fact]
    public async Task While_the_store_is_away_an_unknown_key_is_not_refused_but_unanswered()
    {
        var keys = new ApiKeyStore(Away(), _clock);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => keys.VerifyAsync("hd_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Ct));
    }

    [Fact]
    public async Task The_last_use_is_written_down_at_most_once_a_minute()
    {
        var made = await Keys.CreateAsync("ci", ["read"], ct: Ct);

        await Keys.VerifyAsync(made.Token, Ct);
        var first = (await Keys.ListAsync(Ct)).Single().LastUsedAt;
        await new ApiKeyStore(Store, _clock).VerifyAsync(made.Token, Ct);
        var second = (await Keys.ListAsync(Ct)).Single().LastUsedAt;
        await new ApiKeyStore(After(TimeSpan.FromSeconds(61)), _clock).VerifyAsync(made.Token, Ct);
        var third = (await Keys.ListAsync(Ct)).Single().LastUsedAt;

        Assert.NotNull(first);
        Assert.Equal(first, second);
        Assert.True(third > second);
    }

    [Theory]
    [InlineData("", "read", "name")]
    [InlineData(" padded ", "read", "name")]
    [InlineData("two\nlines", "read", "name")]
    [InlineData("admin-api-key", "read", "name")]
    [InlineData("ci", "", "scopes")]
    [InlineData("ci", "root", "scopes")]
    public async Task A_key_that_cannot_be_is_refused_by_the_field_to_change(string name, string scopes, string field)
    {
        var refused = await Assert.ThrowsAsync<InvalidApiKeyException>(
            () => Keys.CreateAsync(name, scopes.Split(',', StringSplitOptions.RemoveEmptyEntries), ct: Ct));

        Assert.Equal(field, refused.Field);
    }

    [Fact]
    public async Task A_key_that_would_be_born_expired_is_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidApiKeyException>(
            () => Keys.CreateAsync("ci", ["read"], TimeProvider.System.GetUtcNow().AddMinutes(-1), ct: Ct));

        Assert.Equal("expiresAt", refused.Field);
    }

    [Fact]
    public async Task The_list_names_all_keys_newest_first_with_what_became_of_them()
    {
        var first = await Keys.CreateAsync("first", ["read"], ct: Ct);
        await Keys.CreateAsync("second", ["ingest"], ct: Ct);
        await Keys.RevokeAsync(first.Id, "ada", Ct);

        var keys = await Keys.ListAsync(Ct);

        Assert.Equal(["second", "first"], keys.Select(key => key.Name));
        Assert.Equal([false, true], keys.Select(key => key.RevokedAt is not null));
        Assert.Equal(["ingest"], keys[0].Scopes);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql);
    }
}
