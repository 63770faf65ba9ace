using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HotDash.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.Sandbox.Tests;

/// <summary>The sandbox on a free port of this machine, with a clock that the test moves.</summary>
internal sealed class SandboxUnderTest : IAsyncDisposable
{
    /// <summary>Every provider's; in base64, because the receiver of alerts asks for that.</summary>
    public const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private const string KeyFileSetting = "SANDBOX_GOOGLE_APPLICATION_CREDENTIALS";

    private readonly WebApplication _app;

    private SandboxUnderTest(WebApplication app, ManualTimeProvider clock)
    {
        _app = app;
        Clock = clock;
        Http = new() { BaseAddress = new(app.Urls.Single()) };
        Chatwoot = new(new Headers(("api_access_token", Key))) { BaseAddress = new(Http.BaseAddress, "/chatwoot/api/v1/accounts/1/") };
        Publer = new(new Headers(("Authorization", $"Bearer-API {Key}"), ("Publer-Workspace-Id", "ws-sandbox")))
        {
            BaseAddress = new(Http.BaseAddress, "/publer/api/v1/"),
        };
        Supabase = new(new Headers(("apikey", Key))) { BaseAddress = new(Http.BaseAddress, "/supabase/rest/v1/") };
    }

    public ManualTimeProvider Clock { get; }

    public HttpClient Http { get; }

    /// <summary>The service account's key, if it was started with one.</summary>
    public string? KeyFile => _app.Configuration[KeyFileSetting];

    public HttpClient Chatwoot { get; }

    public HttpClient Publer { get; }

    public HttpClient Supabase { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<SandboxUnderTest> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(_ => { }, settings);

    /// <summary>With a service account, whose key is put there.</summary>
    public static Task<SandboxUnderTest> WithKeyAsync(string keyFile, params (string Name, string? Value)[] settings) =>
        WithKeyOfItsOwnAsync(ServiceAccount.Write(keyFile), settings);

    /// <summary>With a service account, whose key it makes itself when none is there.</summary>
    public static Task<SandboxUnderTest> WithKeyOfItsOwnAsync(string keyFile, params (string Name, string? Value)[] settings) => StartAsync([(KeyFileSetting, keyFile), .. settings]);

    public static async Task<SandboxUnderTest> StartAsync(Action<IServiceCollection> services, params (string Name, string? Value)[] settings)
    {
        var clock = new ManualTimeProvider();
        var built = Build(clock, services, settings);
        await built.StartAsync(Cancellation);
        return new(built, clock);
    }

    public static WebApplication Build(TimeProvider clock, Action<IServiceCollection> services, params (string Name, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(SandboxSettings.Keys(Key).Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.WebHost.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
        builder.AddSandbox();
        builder.Services.AddSingleton(clock);
        services(builder.Services);

        var built = builder.Build();
        built.UseSandbox();
        return built;
    }

    public async Task FaultAsync(object rule) =>
        (await Http.PostAsJsonAsync("/_sandbox/faults", rule, Cancellation)).EnsureSuccessStatusCode();

    public async Task SettingsAsync(object settings) =>
        (await Http.PutAsJsonAsync("/_sandbox/settings", settings, Cancellation)).EnsureSuccessStatusCode();

    public async Task<IReadOnlyList<JsonObject>> LedgerAsync(string provider, string? operation = null)
    {
        var ledger = await Http.GetFromJsonAsync<JsonObject>($"/_sandbox/ledger/{provider}?operation={operation}".TrimEnd('?'), Cancellation);
        return [.. ledger!["effects"]!.AsArray().Select(effect => effect!.AsObject())
            .Where(effect => operation is null || effect["operation"]!.GetValue<string>() == operation)];
    }

    public async Task<IReadOnlyList<JsonObject>> ViolationsAsync() =>
        [.. (await Http.GetFromJsonAsync<JsonObject>("/_sandbox/violations", Cancellation))!["violations"]!.AsArray().Select(violation => violation!.AsObject())];

    /// <summary>Publer's account on a network.</summary>
    public async Task<string> AccountAsync(string network = "twitter") =>
        (await Publer.GetFromJsonAsync<JsonElement>("accounts", Cancellation)).EnumerateArray()
            .Single(account => account.GetProperty("provider").GetString() == network).GetProperty("id").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Chatwoot.Dispose();
        Publer.Dispose();
        Supabase.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Headers(params (string Name, string Value)[] headers) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);

            return base.SendAsync(request, cancellationToken);
        }
    }
}
