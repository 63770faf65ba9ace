using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Processes;

/// <summary>One of HotDash's programs as it was built.</summary>
internal class HotDashProcess(Process process, Uri address) : ServerProcess(process, address)
{
    /// <param name="at">Where another was before; a free address unless given.</param>
    public static async Task<HotDashProcess> StartAsync(string program, IEnumerable<(string Name, string Value)> settings, CancellationToken ct, Uri? at = null)
    {
        var address = at ?? FreeAddress();

        return new(await StartAsync(program, address, settings, ct), address);
    }

    protected static Task<Process> StartAsync(string program, Uri address, IEnumerable<(string Name, string Value)> settings, CancellationToken ct) => StartAsync(
        BuiltProgram.Command(program, [], [("ASPNETCORE_URLS", address.ToString()), ("OTEL_SDK_DISABLED", "true"), ("Logging__LogLevel__Default", "Warning"), .. settings]),
        address, ct);
}
