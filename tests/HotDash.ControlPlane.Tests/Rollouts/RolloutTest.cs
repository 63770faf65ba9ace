using Dapper;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using static HotDash.ControlPlane.Tests.Rollouts.Evidences;

namespace HotDash.ControlPlane.Tests.Rollouts;

/// <summary>A test with a store of rollouts, whose processes live at the time that the test says.</summary>
public abstract class RolloutTest(PostgresFixture postgres) : StoreTest(postgres)
{
    protected const string Plain = "push_notifications";
    protected const string Switch = "publer_live";

    private protected static readonly FlagChange Ada = new("ada", "to see");

    private protected static readonly RolloutOptions Quick = RolloutOptions.Default with { MinSampleSize = 20 };

    /// <summary>What of a host has to do with rollouts.</summary>
    /// <param name="minutes">By so much its clock is ahead.</param>
    private protected Rolling At(double minutes, params (string Name, string? Value)[] settings)
    {
        (string Name, string? Value)[] usual =
        [
            ("ConnectionStrings:hotdash", ConnectionStringAfter(TimeSpan.FromMinutes(minutes))), ("DATA_PROTECTION_KEY", "only for tests, and long"),
            ("PUBLER_API_KEY", "test-key"), ("PUBLER_WORKSPACE_ID", "ws-1"),
        ];
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var layer in new[] { usual, settings })
            builder.Configuration.AddInMemoryCollection(layer.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.AddControlPlane().AddFlags();
        builder.Services.AddPubler(Attempts.One).AddIntegrationRegistry().AddRollouts();

        return new(builder.Services.BuildServiceProvider());
    }

    /// <summary>Live calls in each of twelve buckets, from some minutes after now on.</summary>
    private protected async Task CallAsync(double minutes, int treated, int errors = 0, int untreated = 0, string flag = Plain, string source = "publer")
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        foreach (var (variant, calls, failed) in new[] { ("on", treated, errors), ("off", untreated, 0) })
        {
            await connection.ExecuteAsync(
                """
                insert into outcomes (at, integration, operation, source, flag, variant, kinds, latencies)
                select date_bin('10 s', hotdash_now() + make_interval(secs => @seconds + 10 * i), 'epoch'), 'publer', 'list-posts', @source, @flag, @variant, @kinds, @latencies
                from generate_series(1, 12) i
                """,
                new
                {
                    seconds = minutes * 60,
                    source,
                    flag,
                    variant,
                    kinds = Kinds((OutcomeKind.Ok, calls - failed), (OutcomeKind.Unavailable, failed)),
                    latencies = Calls(calls).Latencies,
                });
        }
    }

    private protected async Task<Flag> FlagAsync(string flag = Plain) => (await new FlagReads(Store).FindAsync(flag, Ct))!;
}

internal sealed class Rolling(ServiceProvider services) : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public RolloutStore Rollouts => services.GetRequiredService<RolloutStore>();

    public RolloutReads Reads => services.GetRequiredService<RolloutReads>();

    public RolloutValidation Validation => services.GetRequiredService<RolloutValidation>();

    public FlagStore Flags => services.GetRequiredService<FlagStore>();

    public FlagBoard Board => services.GetRequiredService<FlagBoard>();

    public IntegrationRegistry Registry => services.GetRequiredService<IntegrationRegistry>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>What the job does.</summary>
    /// <param name="before">What happens between its look and its decision.</param>
    public async Task<Rollout> JudgeAsync(string flag, Func<NpgsqlTransaction, Task>? beforeCommit = null, Func<Task>? before = null)
    {
        await services.GetRequiredService<RolloutChecks>().RunDueAsync(async (work, ct) =>
        {
            if (before is not null)
                await before();
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await work(transaction);
            if (beforeCommit is not null)
                await beforeCommit(transaction);
            await transaction.CommitAsync(ct);
        }, Ct);

        return (await Reads.FindAsync(flag, Ct))!;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
