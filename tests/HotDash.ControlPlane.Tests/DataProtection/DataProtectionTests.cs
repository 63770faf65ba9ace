using System.Security.Cryptography;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Tests.DataProtection;

public sealed class DataProtectionTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const string Secret = "the wrapping secret of this test";

    [Fact]
    public async Task What_one_host_protects_another_opens_with_keys_that_the_setup_made()
    {
        await SetUpAsync(Secret);
        using var api = Build(Secret);
        using var pollers = Build(Secret);

        var box = Protector(api).Protect("42");
        var opened = Protector(pollers).Unprotect(box);

        Assert.Equal("42", opened);
    }

    [Fact]
    public async Task Setting_up_twice_makes_one_key()
    {
        await SetUpAsync(Secret);
        await SetUpAsync(Secret);

        var keys = await ScalarAsync<long>("select count(*) from data_protection_keys");

        Assert.Equal(1, keys);
    }

    [Fact]
    public async Task Without_a_setup_other_hosts_make_no_keys()
    {
        using var api = Build(Secret);

        Assert.ThrowsAny<Exception>(() => Protector(api).Protect("42"));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from data_protection_keys"));
    }

    [Fact]
    public async Task The_database_alone_does_not_hold_the_keys()
    {
        await SetUpAsync(Secret);

        var xml = await ScalarAsync<string>("select xml from data_protection_keys");

        Assert.Contains("<wrapped", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_secret_nothing_opens_until_the_setup_has_made_a_key_for_it()
    {
        await SetUpAsync(Secret);
        using var before = Build(Secret);
        var box = Protector(before).Protect("42");

        await SetUpAsync("another secret of this test");
        using var after = Build("another secret of this test");

        Assert.ThrowsAny<CryptographicException>(() => Protector(after).Unprotect(box));
        Assert.Equal("43", Protector(after).Unprotect(Protector(after).Protect("43")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("too short")]
    public async Task A_host_without_a_proper_secret_refuses_to_start_and_names_the_variable(string? secret)
    {
        using var host = Build(secret);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Ct));

        Assert.StartsWith("DATA_PROTECTION_KEY is missing or shorter than 16 characters.", refused.Message, StringComparison.Ordinal);
    }

    private static IDataProtector Protector(IHost host) => host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private async Task SetUpAsync(string secret)
    {
        using var host = Build(secret, builder => builder.AddStoreSetup());
        await host.Services.GetRequiredService<StoreSetup>().RunAsync(Ct);
    }

    private IHost Build(string? secret, Action<HostApplicationBuilder>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:hotdash"] = ConnectionString,
            ["DATA_PROTECTION_KEY"] = secret,
        });
        builder.AddControlPlane();
        more?.Invoke(builder);

        return builder.Build();
    }
}
