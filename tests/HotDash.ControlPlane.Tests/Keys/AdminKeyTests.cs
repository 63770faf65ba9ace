using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Keys;

public sealed class AdminKeyTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const string Token = "the-key-of-this-deployment";
    private const string Changed = "another-key-of-this-deployment";

    [Fact]
    public async Task The_deployments_key_may_do_everything()
    {
        await EnsureAsync(Token);
        await EnsureAsync(Token);

        var identity = await VerifyAsync(Token);

        Assert.Equal(ApiKeyScopes.All.ToHashSet(StringComparer.Ordinal), identity!.Scopes);
    }

    [Fact]
    public async Task A_changed_setting_ends_the_old_key_and_setting_it_back_revives_it()
    {
        await EnsureAsync(Token);
        await EnsureAsync(Changed);

        Assert.Null(await VerifyAsync(Token));
        Assert.NotNull(await VerifyAsync(Changed));

        await EnsureAsync(Token);

        Assert.NotNull(await VerifyAsync(Token));
        Assert.Null(await VerifyAsync(Changed));
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("long enough, but with spaces")]
    public async Task A_weak_or_impossible_key_is_refused_by_the_name_of_its_variable(string token)
    {
        var refused = await Assert.ThrowsAsync<InvalidApiKeyException>(() => EnsureAsync(token));

        Assert.Contains("ADMIN_API_KEY", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, refused.Message, StringComparison.Ordinal);
    }

    private async Task EnsureAsync(string token)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await AdminKey.EnsureAsync(connection, token, Ct);
    }

    private Task<ApiKeyIdentity?> VerifyAsync(string token) => new ApiKeyStore(Store, TimeProvider.System).VerifyAsync(token, Ct);
}
