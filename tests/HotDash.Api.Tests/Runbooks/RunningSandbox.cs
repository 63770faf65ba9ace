using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using HotDash.Integrations;
using HotDash.Sandbox;
using HotDash.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.Api.Tests.Runbooks;

/// <summary>The sandbox on a free port, and the settings with which an api takes it for its providers.</summary>
internal sealed class RunningSandbox : ApiWire, IAsyncDisposable
{
    private const string Key = "only-for-tests";

    private readonly WebApplication _app;
    private readonly TestFolder _folder;
    private readonly HttpClient _http;

    private readonly ConcurrentBag<(string Provider, int Status)> _calls;

    private RunningSandbox(WebApplication app, TestFolder folder, ConcurrentBag<(string, int)> calls) =>
        (_app, _folder, _calls, _http) = (app, folder, calls, new() { BaseAddress = new(app.Urls.Single()) });

    /// <summary>That were answered, and how.</summary>
    public IReadOnlyCollection<(string Provider, int Status)> Calls => [.. _calls];

    /// <summary>All credentials, no flag, and nobody who is told of alerts.</summary>
    public (string, string)[] AsProviders =>
        [.. SandboxSettings.AsProviders(_http.BaseAddress!, Key, KeyFile(_folder)).Where(setting => !setting.Name.StartsWith("ALERT_WEBHOOK", StringComparison.Ordinal))];

    public static async Task<RunningSandbox> StartAsync(TestFolder folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            .. SandboxSettings.Keys(Key).Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
            new("SANDBOX_GOOGLE_APPLICATION_CREDENTIALS", KeyFile(folder)),
            .. new[] { "publer", "chatwoot" }.Select(key => KeyValuePair.Create($"Integrations:Limits:{key}", (string?)"1000/1s")),
        ]);
        builder.AddSandbox();

        var calls = new ConcurrentBag<(string, int)>();
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            await next(context);
            calls.Add((context.Request.Path.Value!.Split('/')[1], context.Response.StatusCode));
        });
        app.UseSandbox();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, folder, calls);
    }

    /// <summary>Real connections; but a share of a limit is lost on a machine that is too busy to renew it.</summary>
    public override void Connect(IServiceCollection services) => services.AddSingleton<ITokenBudget>(new Unlimited());

    public async Task BreakAsync(string provider) => (await _http.PostAsJsonAsync(
        "/_sandbox/faults", new { provider, kind = "status", status = 503 }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    public async Task MendAsync() =>
        (await _http.DeleteAsync(new Uri("/_sandbox/faults", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>Whether a provider answers.</summary>
    public async Task<bool> ServesAsync(string provider, CancellationToken ct)
    {
        using var answer = await _http.GetAsync(new Uri(provider, UriKind.Relative), ct);
        return answer.StatusCode is not HttpStatusCode.ServiceUnavailable;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _app.DisposeAsync();
    }

    private sealed class Unlimited : ITokenBudget
    {
        public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct) => new((TimeSpan?)null);
    }

    private static string KeyFile(TestFolder folder) => folder["google-key.json"];
}
