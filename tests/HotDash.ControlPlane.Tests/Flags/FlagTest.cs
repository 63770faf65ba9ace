using HotDash.ControlPlane.Flags;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Flags;

/// <summary>A test with processes that share one store of flags.</summary>
public abstract class FlagTest(PostgresFixture postgres) : StoreTest(postgres)
{
    private protected static readonly FlagChange Ada = new("ada", "to see");

    private protected FlagProcess Process(NpgsqlDataSource? store = null, TimeProvider? clock = null) => new(store ?? Store, clock ?? new ManualTimeProvider());

    private protected static Task<Flag?> EnableAsync(FlagProcess process, string flag, int thousandths) =>
        process.Flags.ChangeAsync(flag, "enable", Ada, flag => flag with { Enabled = true, RolloutPercent = new(thousandths) }, Ct);
}

/// <summary>What of a host has to do with flags.</summary>
internal sealed class FlagProcess : IDisposable
{
    public FlagProcess(NpgsqlDataSource store, TimeProvider clock)
    {
        var variables = FlagVariablesTests.Read();
        Board = new(variables, new(NullLogger<FlagTelemetry>.Instance), clock);
        Reads = new(store);
        Watch = new(Reads, Board, variables, store, clock, NullLogger<FlagWatch>.Instance);
        Flags = new(store, Watch);
    }

    public FlagBoard Board { get; }

    public FlagReads Reads { get; }

    public FlagWatch Watch { get; }

    public FlagStore Flags { get; }

    public void Dispose() => Watch.Dispose();
}
