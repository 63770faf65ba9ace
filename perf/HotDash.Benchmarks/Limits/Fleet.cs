using HotDash.Benchmarks.Processes;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using HotDash.TestWorker;
using Npgsql;

namespace HotDash.Benchmarks.Limits;

/// <summary>Four processes that call the sandbox as fast as their budget allows, each with a cable of its own to the store.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int Size = 4;
    private readonly List<TcpRelay> _cables = [];
    private readonly List<WorkerProcess> _workers = [];
    private readonly TcpRelay _wire;

    private Fleet(StoppablePostgres store, SandboxProcess sandbox) =>
        (Store, Sandbox, _wire) = (store, sandbox, new(() => sandbox.Address.Port, Arrivals.Note));

    public StoppablePostgres Store { get; }

    public SandboxProcess Sandbox { get; }

    public Arrivals Arrivals { get; } = new();

    public static async Task<Fleet> StartAsync(string limit, CancellationToken ct)
    {
        var store = new StoppablePostgres();
        await store.StartAsync(ct);
        await using (var source = NpgsqlDataSource.Create(store.ConnectionString))
            await StoreMigrations.ApplyAsync(source, ct);

        var fleet = new Fleet(store, await SandboxProcess.StartAsync(ct, ("Integrations__Limits__publer", limit)));
        for (var i = 0; i < Size; i++)
            fleet.StartWorker(limit);

        while (fleet.Arrivals.Count(TimeSpan.Zero, TimeSpan.MaxValue) == 0)
            await Task.Delay(10, ct);

        return fleet;
    }

    public void KillOne()
    {
        _workers[0].Dispose();
        _workers.RemoveAt(0);
    }

    public void CutOffOne() => _cables[^1].Cut();

    public void Mend() => _cables[^1].Mend();

    /// <returns>How many processes hold a share of the budget.</returns>
    public async Task<int> CountSharesAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Store.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select cardinality(share_ids) from budgets", connection);

        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(worker => worker.Dispose());
        _cables.ForEach(cable => cable.Dispose());
        _wire.Dispose();
        Sandbox.Dispose();
        await Store.DisposeAsync();
    }

    private void StartWorker(string limit)
    {
        var cable = new TcpRelay(() => Store.Port);
        _cables.Add(cable);
        _workers.Add(WorkerProcess.Start(
            new NpgsqlConnectionStringBuilder(Store.ConnectionString) { Port = cable.Port }.ConnectionString,
            ("LimitLoad", $"http://127.0.0.1:{_wire.Port}"),
            ("SANDBOX_PUBLER_API_KEY", SandboxProcess.Key),
            ("OTEL_SDK_DISABLED", "true"),
            ("Integrations__Limits__publer", limit)));
    }
}
