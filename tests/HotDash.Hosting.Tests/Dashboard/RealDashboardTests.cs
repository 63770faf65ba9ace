using System.Net;
using System.Text;
using Aspire.Hosting.Dashboard;

namespace HotDash.Hosting.Tests.Dashboard;

/// <summary>The dashboard is told everything by environment variables; here it says whether it has understood them.</summary>
public sealed class RealDashboardTests : IAsyncLifetime
{
    private const string Trace = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}},
        {"key":"service.instance.id","value":{"stringValue":"aaaaaaaa"}}]},
        "scopeSpans":[{"scope":{"name":"test"},"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
        "name":"hello","kind":2,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000"}]}]}]}
        """;

    private readonly TimeLimit _limit = new();
    private readonly FakeAppHost _appHost = new();
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private RealDashboard _dashboard = null!;

    private CancellationToken Ct => _limit.Token;

    private DashboardOptions Options => _appHost.Get<DashboardOptions>();

    public async ValueTask InitializeAsync() => _dashboard = await RealDashboard.StartAsync(_appHost, Ct);

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _appHost.DisposeAsync();
        _http.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Every_door_opens_with_its_own_key_and_with_no_other()
    {
        var login = await SendAsync(HttpMethod.Get, _dashboard.Url, $"login?t={Options.BrowserToken}");
        var badLogin = await SendAsync(HttpMethod.Get, _dashboard.Url, "login?t=wrong");
        var sent = await SendAsync(HttpMethod.Post, _dashboard.Otlp, "v1/traces", ("x-otlp-api-key", Options.OtlpApiKey));
        var badSent = await SendAsync(HttpMethod.Post, _dashboard.Otlp, "v1/traces", ("x-otlp-api-key", Options.ApiKey));
        var read = await SendAsync(HttpMethod.Get, _dashboard.Url, "api/telemetry/resources", ("x-api-key", Options.ApiKey));
        var badRead = await SendAsync(HttpMethod.Get, _dashboard.Url, "api/telemetry/resources", ("x-api-key", Options.OtlpApiKey));

        Assert.True(login.Headers.Contains("Set-Cookie"), "The login link does not sign in.");
        Assert.False(badLogin.Headers.Contains("Set-Cookie"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (sent.StatusCode, badSent.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (read.StatusCode, badRead.StatusCode));
        Assert.Contains("\"web\"", await read.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri server, string path, (string Name, string Value)? key = null)
    {
        var request = new HttpRequestMessage(method, new Uri(server, path));
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(Trace, Encoding.UTF8, "application/json");
        }

        if (key is { } header)
        {
            request.Headers.Add(header.Name, header.Value);
        }

        return _http.SendAsync(request, Ct);
    }
}
