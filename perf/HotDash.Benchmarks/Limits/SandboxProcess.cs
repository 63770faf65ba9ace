using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using HotDash.Benchmarks.Proxy;

namespace HotDash.Benchmarks.Limits;

/// <summary>HotDash.Sandbox as it was built, with a limit for Publer.</summary>
internal sealed class SandboxProcess(Process process, Uri address) : ServerProcess(process, address)
{
    public const string Key = "no-secret";

    public static async Task<SandboxProcess> StartAsync(string limit, CancellationToken ct)
    {
        var address = FreeAddress();
        var built = AppContext.BaseDirectory.Replace("HotDash.Benchmarks", "HotDash.Sandbox", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(built, "HotDash.Sandbox.dll")]) { WorkingDirectory = built };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["OTEL_SDK_DISABLED"] = "true";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["SANDBOX_CHATWOOT_KEY"] = Key;
        start.Environment["SANDBOX_PUBLER_KEY"] = Key;
        start.Environment["SANDBOX_SUPABASE_KEY"] = Key;
        start.Environment["SANDBOX_SHOPIFY_TOKEN"] = Key;
        start.Environment["Integrations__Limits__publer"] = limit;

        return new(await StartAsync(start, address, ct), address);
    }

    /// <returns>Calls that the provider would have refused.</returns>
    public async Task<int> CountViolationsAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var answer = await http.GetFromJsonAsync<JsonElement>("/_sandbox/violations?provider=publer", ct);

        return answer.GetProperty("violations").GetArrayLength();
    }
}
