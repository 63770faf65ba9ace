using HotDash.ControlPlane.Registry;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Registry;

public sealed class HealthStoreTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly ProbeResult Passed = new("Can fetch accounts", ProbeOutcome.Ok, TimeSpan.FromMilliseconds(12));
    private static readonly ProbeResult Failed = new("Cannot fetch accounts", ProbeOutcome.Failed, TimeSpan.FromSeconds(1), "unauthorized", "our key was refused (401)", "look at the key");

    [Fact]
    public async Task What_a_check_found_comes_back_as_it_was()
    {
        await SaveAsync(Failed, Passed);

        var health = await LastAsync();

        Assert.Equal([Failed, Passed], health.Health.Probes);
        Assert.InRange(health.Age, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task It_is_so_since_the_first_of_the_checks_that_said_the_same()
    {
        await SaveAsync(Passed);
        var good = await LastAsync();
        await SaveAsync(Failed);
        var broken = await LastAsync();
        await SaveAsync(Failed);
        var still = await LastAsync();

        Assert.Equal(good.CheckedAt, good.Since);
        Assert.Equal(broken.CheckedAt, broken.Since);
        Assert.Equal(broken.Since, still.Since);
        Assert.True(still.CheckedAt > broken.CheckedAt);
    }

    [Fact]
    public async Task A_check_that_began_earlier_and_ended_later_changes_nothing()
    {
        await SaveAsync(Passed);

        await new HealthStore(Store).SaveAsync(new("publer", [Failed]), took: TimeSpan.FromSeconds(30), Ct);

        Assert.True((await LastAsync()).Health.Ok);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone()
    {
        await SaveAsync(Passed);

        await new HealthStore(Store).ForgetAsync("publer", Ct);

        Assert.Empty(await new HealthStore(Store).ReadAsync(Ct));
    }

    private Task SaveAsync(params ProbeResult[] probes) => new HealthStore(Store).SaveAsync(new("publer", probes), TimeSpan.Zero, Ct);

    private async Task<LastHealth> LastAsync() => (await new HealthStore(Store).ReadAsync(Ct))["publer"];
}
