using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.Proxy.Tests;

/// <summary>The whole proxy on a real port, built as Program.cs builds it.</summary>
internal sealed class ProxyUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProxyUnderTest(WebApplication app, int managementPort)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        ManagementAddress = new Uri($"http://127.0.0.1:{managementPort}");
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = Address };
    }

    public HttpClient Client { get; }

    public Uri Address { get; }

    public Uri ManagementAddress { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<ProxyUnderTest> StartAsync(Upstream upstream, params string[] settings) =>
        StartAsync([$"Proxy:Destinations:0={upstream.Address}", .. settings]);

    public static async Task<ProxyUnderTest> StartAsync(string[] settings)
    {
        for (var tries = 1; ; tries++)
        {
            var management = FreePort();
            var app = Build(["urls=http://127.0.0.1:0", $"Proxy:ManagementPort={management}", .. settings]);
            try
            {
                await app.StartAsync(TestContext.Current.CancellationToken);
                return new ProxyUnderTest(app, management);
            }
            catch (IOException e) when (e.InnerException is AddressInUseException && tries < 5)
            {
                await app.DisposeAsync(); // somebody else was given that port meanwhile
            }
        }
    }

    public static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings.Select(setting => $"--{setting}")]);
        builder.Logging.ClearProviders();
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateOnBuild, o.ValidateScopes) = (true, true));
        builder.AddHotDashProxy();

        var app = builder.Build();
        app.UseHotDashProxy();
        return app;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, content: null, headers);

    /// <summary>Writes each character as a byte, and reads until the proxy closes the connection.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal static class Answers
{
    public static Task<string> TextAsync(this HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Holds the answer against what every problem document of the proxy promises.</summary>
    public static async Task ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.TextAsync();
        var problem = JsonDocument.Parse(text).RootElement;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"https://hotdash.dev/problems/{code}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
    }
}
