using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Processes;

/// <summary>HotDash.Migrations as it was built.</summary>
internal static class MigrationsRun
{
    public static async Task RunAsync(IEnumerable<(string Name, string Value)> settings, CancellationToken ct)
    {
        using var migrations = Process.Start(BuiltProgram.Command("HotDash.Migrations", [], settings))!;
        await migrations.WaitForExitAsync(ct);
        if (migrations.ExitCode != 0)
            throw new InvalidOperationException($"HotDash.Migrations ended with {migrations.ExitCode}.");
    }
}
