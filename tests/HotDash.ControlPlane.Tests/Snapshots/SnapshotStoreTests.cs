using HotDash.ControlPlane.Snapshots;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Snapshots;

public sealed class SnapshotStoreTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_last_good_answer_comes_back_to_the_byte_with_its_time()
    {
        var snapshots = new SnapshotStore(Store);
        const string json = """{ "b": 1.10, "a": "zero: \u0000" }""";

        await snapshots.SaveAsync("ideas", json, Noon, Ct);

        Assert.Equal(new Snapshot(json, Noon), await snapshots.GetAsync("ideas", Ct));
        Assert.Null(await snapshots.GetAsync("other", Ct));
    }

    [Fact]
    public async Task An_older_answer_never_replaces_a_newer_one()
    {
        var snapshots = new SnapshotStore(Store);
        await snapshots.SaveAsync("ideas", "2", Noon, Ct);

        await snapshots.SaveAsync("ideas", "1", Noon.AddMinutes(-1), Ct);
        var kept = await snapshots.GetAsync("ideas", Ct);
        await snapshots.SaveAsync("ideas", "3", Noon.AddMinutes(1), Ct);
        var replaced = await snapshots.GetAsync("ideas", Ct);

        Assert.Equal("2", kept!.Json);
        Assert.Equal("3", replaced!.Json);
    }
}
