using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Processes;

/// <summary>HotDash.Api as it was built.</summary>
internal sealed class ApiProcess(Process process, Uri address) : ServerProcess(process, address)
{
    /// <param name="at">Where another was before; a free address unless given.</param>
    public static async Task<ApiProcess> StartAsync(IEnumerable<(string Name, string Value)> settings, CancellationToken ct, Uri? at = null)
    {
        var address = at ?? FreeAddress();
        var start = BuiltProgram.Command("HotDash.Api", [],
            [("ASPNETCORE_URLS", address.ToString()), ("OTEL_SDK_DISABLED", "true"), ("Logging__LogLevel__Default", "Warning"), .. settings]);

        return new(await StartAsync(start, address, ct), address);
    }
}
