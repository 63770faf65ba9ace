using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HotDash.Benchmarks.Limits;
using HotDash.Benchmarks.Processes;
using HotDash.Benchmarks.Proxy;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Benchmarks.Approvals;

/// <summary>
/// The proxy, one api, one poller, Postgres and the providers' stand-in, each a process: whoever is killed was at work. It is started again at
/// once, as whatever watches over processes does.
/// </summary>
internal sealed class ReplyStage : IAsyncDisposable
{
    public const string WebhookSecret = "no-secret-either";

    private const string AdminKey = "hd_only-for-benchmarks-and-of-no-use-elsewhere";

    private readonly StoppablePostgres _postgres = new();
    private readonly TcpRelay _relay;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private (string, string)[] _settings = [];
    private SandboxProcess? _sandbox;
    private HotDashProcess? _proxy;
    private HotDashProcess? _api;
    private HotDashProcess? _poller;

    private ReplyStage() => _relay = new(() => _postgres.Port);

    public SandboxProcess Sandbox => _sandbox!;

    public HttpClient Http => _http;

    /// <summary>The store, at an address that stays the same whatever happens to the server.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Port = _relay.Port }.ConnectionString;

    public static Task<ReplyStage> StartAsync(CancellationToken ct) => new ReplyStage().BuiltAsync(stage => stage.BuildAsync(ct));

    public async Task<AuthenticationHeaderValue> CreateKeyAsync(string name, string[] scopes, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/keys") { Content = JsonContent.Create(new { name, scopes }), Headers = { Authorization = Bearer(AdminKey) } };
        using var answer = await _http.SendAsync(request, ct);
        var key = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct);

        return Bearer(key.GetProperty("token").GetString()!);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(Victim victim)
    {
        switch (victim)
        {
            case Victim.Api:
                _api!.Dispose();
                return Task.CompletedTask;
            case Victim.Poller:
                _poller!.Dispose();
                return Task.CompletedTask;
            default:
                return _postgres.KillAsync();
        }
    }

    public async Task ReviveAsync(Victim victim, CancellationToken ct)
    {
        switch (victim)
        {
            case Victim.Api:
                _api = await HotDashProcess.StartAsync("HotDash.Api", _settings, ct, _api!.Address);
                break;
            case Victim.Poller:
                _poller = await HotDashProcess.StartAsync("HotDash.Pollers", _settings, ct);
                break;
            default:
                await _postgres.StartAsync(ct);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _proxy?.Dispose();
        _api?.Dispose();
        _poller?.Dispose();
        _sandbox?.Dispose();
        _relay.Dispose();
        await _postgres.DisposeAsync();
    }

    private async Task BuildAsync(CancellationToken ct)
    {
        await _postgres.StartAsync(ct);
        var limits = Staging.Unlimited("chatwoot");
        _sandbox = await SandboxProcess.StartAsync(ct, limits);
        _settings = [.. Staging.Store(ConnectionString), .. limits, .. Provider(_sandbox), .. Patience, ("OTEL_SDK_DISABLED", "true"), Staging.Quiet];

        await MigrationsRun.RunAsync([.. _settings, ("ADMIN_API_KEY", AdminKey)], ct);
        _api = await HotDashProcess.StartAsync("HotDash.Api", _settings, ct);
        _poller = await HotDashProcess.StartAsync("HotDash.Pollers", _settings, ct);
        _proxy = await HotDashProcess.StartAsync("HotDash.Proxy", [.. ProxySettings.Bare(_api.Address), Staging.Quiet], ct);
        _http.BaseAddress = _proxy.Address;
    }

    private static (string, string)[] Provider(SandboxProcess sandbox) =>
        [("Integrations__Mode", "mock"), .. sandbox.As("chatwoot"), ("CHATWOOT_WEBHOOK_SECRET", WebhookSecret)];

    /// <summary>Production's are longer: there an effect may show minutes after its call.</summary>
    private static (string, string)[] Patience => [("Approvals__CallDeadline", "00:00:10"), ("Approvals__SettleWindow", "00:00:15")];

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);
}

internal enum Victim { Api, Poller, Postgres }
