using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.Api.Tests;

/// <summary>The api as production builds it, on a real socket and a real database; only the far end of the wire is planned.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    public const string DataProtectionKey = "only for tests, and long";

    private readonly WebApplication _app;

    private ApiUnderTest(WebApplication app, HttpClient http, LogSink logs) => (_app, Http, Logs) = (app, http, logs);

    /// <summary>Sends a key with every scope.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public LogSink Logs { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="wire">Null for real connections.</param>
    public static async Task<ApiUnderTest> StartAsync(string connectionString, ApiWire? wire, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var logs = new LogSink();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", DataProtectionKey), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]);
        builder.AddHotDashApi();
        wire?.Connect(builder.Services);

        var app = builder.Build();
        app.UseHotDashApi();
        await app.StartAsync(Ct);

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = new Uri(address) }, logs);
    }

    /// <summary>From here on the client sends a new key with these scopes.</summary>
    public Task<Guid> UseKeyAsync(params string[] scopes) => UseKeyOfAsync(cohort: null, scopes);

    /// <param name="cohort">The kind of users that its holder belongs to.</param>
    public async Task<Guid> UseKeyOfAsync(string? cohort, params string[] scopes)
    {
        var key = await Services.GetRequiredService<ApiKeyStore>().CreateAsync("test", scopes is [] ? [.. ApiKeyScopes.All] : scopes, cohort: cohort, ct: Ct);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Token);
        return key.Id;
    }

    public async Task<Reply> GetAsync(string path) => await Reply.ReadAsync(await Http.GetAsync(path, Ct));

    public async Task<Reply> PostAsync(string path, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await Reply.ReadAsync(await Http.SendAsync(request, Ct));
    }

    public async Task<Reply> PostTextAsync(string path, string body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.ExpectContinue = true; // so that a refusal is read, whose connection closes before a large body is sent

        return await Reply.ReadAsync(await Http.SendAsync(request, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer with its JSON.</summary>
internal sealed record Reply(int Status, JsonElement Json, HttpResponseMessage Message)
{
    public static async Task<Reply> ReadAsync(HttpResponseMessage message)
    {
        var text = await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new((int)message.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone(), message);
    }

    public string? Code => Text("code");

    public string? Text(string name) => Json.TryGetProperty(name, out var value)
        ? value.GetString()
        : throw new InvalidOperationException($"The answer ({Status}) has no {name}: {Json}");

    /// <summary>Of a page.</summary>
    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("data").GetProperty("items").EnumerateArray()];

    public string? NextCursor => Json.GetProperty("data").GetProperty("nextCursor").GetString();

    public IReadOnlyList<JsonElement> Warnings => [.. Json.GetProperty("warnings").EnumerateArray()];

    /// <summary>A problem document names this field and says this about it.</summary>
    public string Error(string field) => Json.GetProperty("errors").GetProperty(field)[0].GetString()!;
}
