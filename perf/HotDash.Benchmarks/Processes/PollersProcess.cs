using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Processes;

/// <summary>HotDash.Pollers as it was built.</summary>
internal sealed class PollersProcess(Process process, Uri address) : ServerProcess(process, address)
{
    public static async Task<PollersProcess> StartAsync(IEnumerable<(string Name, string Value)> settings, CancellationToken ct)
    {
        var address = FreeAddress();
        var start = BuiltProgram.Command("HotDash.Pollers", [], [("ASPNETCORE_URLS", address.ToString()), .. settings]);

        return new(await StartAsync(start, address, ct), address);
    }
}
