using System.Globalization;
using Dapper;
using HotDash.ControlPlane.Flags;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.TestWorker;

/// <summary>Asks for one flag all the time, and notes in <c>test_seen</c> when it saw which version of it.</summary>
public static class FlagReader
{
    public const string Flag = "push_notifications";

    public const string Table = "create table test_seen (process int, version bigint, at double precision)";

    /// <summary>Comparable between the processes of one machine.</summary>
    public static double Now => DateTimeOffset.UtcNow.UtcTicks / (double)TimeSpan.TicksPerMillisecond;

    internal static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var (board, store) = (services.GetRequiredService<FlagBoard>(), services.GetRequiredService<NpgsqlDataSource>());
        await using var connection = await store.OpenConnectionAsync(ct);
        for (var seen = 0L; !ct.IsCancellationRequested; await Task.Delay(1, ct))
        {
            var (version, at) = (board.EvaluateAll([Flag], null, null)[0].Version, Now);
            if (version == seen)
                continue;

            seen = version;
            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"insert into test_seen values ({Environment.ProcessId}, {version}, {at})"));
        }
    }
}
