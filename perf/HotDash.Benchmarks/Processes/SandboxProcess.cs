using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Processes;

/// <summary>HotDash.Sandbox as it was built.</summary>
internal sealed class SandboxProcess(Process process, Uri address) : HotDashProcess(process, address)
{
    /// <summary>Every provider's key.</summary>
    public const string Key = "no-secret";

    private readonly HttpClient _control = new() { BaseAddress = new(address, "/_sandbox/") };

    /// <param name="settings">Limits and lags, such as <c>Integrations__Limits__publer</c>.</param>
    public static async Task<SandboxProcess> StartAsync(CancellationToken ct, params IEnumerable<(string Name, string Value)> settings)
    {
        var address = FreeAddress();

        return new(await StartAsync("HotDash.Sandbox", address, [.. SandboxSettings.Keys(Key), .. settings], ct), address);
    }

    /// <summary>What makes HotDash take it for these providers.</summary>
    public IEnumerable<(string Name, string Value)> As(params string[] integrations) => SandboxSettings.AsProviders(Address, Key, "", integrations);

    /// <returns>Calls that the provider would have refused.</returns>
    public async Task<int> CountViolationsAsync(string provider, CancellationToken ct) =>
        (await ReadAsync($"violations?provider={provider}", ct)).GetProperty("violations").GetArrayLength();

    /// <summary>The details of every effect of this kind.</summary>
    public async Task<IReadOnlyList<JsonElement>> EffectsAsync(string provider, string operation, CancellationToken ct) =>
        [.. (await ReadAsync($"ledger/{provider}?operation={operation}", ct)).GetProperty("effects").EnumerateArray().Select(effect => effect.GetProperty("details"))];

    /// <summary>These faults, and no others, happen from now on.</summary>
    public async Task SetFaultsAsync(IEnumerable<object> rules, CancellationToken ct)
    {
        using var answer = await _control.PutAsJsonAsync("faults", rules, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <returns>How often each of the faults has happened, in the order in which they were set.</returns>
    public async Task<IReadOnlyList<int>> CountFaultsAsync(CancellationToken ct) =>
        [.. (await ReadAsync("faults", ct)).GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("hits").GetInt32())];

    public override void Dispose()
    {
        _control.Dispose();
        base.Dispose();
    }

    private Task<JsonElement> ReadAsync(string path, CancellationToken ct) => _control.GetFromJsonAsync<JsonElement>(path, ct);
}
