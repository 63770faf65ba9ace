using System.Net;
using System.Net.Sockets;
using System.Text;
using HotDash.Api.Tests.Features.Webhooks;
using HotDash.Proxy;
using HotDash.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace HotDash.Api.Tests.Requests;

/// <summary>Bytes that no honest client sends, written to the real proxy with the real api behind it, most of them with a key that may do all.</summary>
public sealed class ProxyAndApiTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Post = """{"text":"Hello","accountIds":["a"]}""";

    [Fact]
    public async Task What_is_hostile_is_refused_by_the_one_or_the_other_and_nothing_comes_of_it()
    {
        var api = await StartAsync(Signed.Settings);
        await using var proxy = await StartProxyAsync(api);
        var port = new Uri(proxy.Urls.First()).Port;

        var answers = new List<string>();
        var expected = new List<string>();
        foreach (var (what, status, request) in Requests($"Authorization: {api.Http.DefaultRequestHeaders.Authorization}"))
        {
            var answer = await SendAsync(port, request);
            answers.Add($"{what}: {(answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? answer[9..12] : "none")}{(answer.Contains("evil", StringComparison.Ordinal) ? " says it back" : "")}");
            expected.Add($"{what}: {status}");
        }

        Assert.Equal(expected, answers);
        foreach (var table in (string[])["audit_entries where kind <> 'key'", "jobs", "social_posts", "approvals", "webhook_events"])
            Assert.Equal(0, await CountAsync(table));
    }

    private static (string What, string Status, string Request)[] Requests(string key) =>
    [
        ("an honest one", "200", To("GET /api/social/posts", key)),
        ("claims instead of a key", "401", To("GET /api/keys", $"X-HotDash-Key-Id: {Guid.Empty}\r\nX-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\nX-Original-URL: /alive")),
        ("another method in a header", "405", To("POST /api/social/posts", $"{key}\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 0")),
        ("the way to what is not routed", "404", To("GET /api/../health", key)),
        ("a header in the address", "400", To("GET /api/social/posts?status=a%0d%0aX-Evil:%20evil", key)),
        ("a header with a lone carriage return", "400", To("GET /api/social/posts", $"{key}\r\nX-Cut: a\rX-HotDash-Key-Id: b")),
        ("a name with a bracket", "400", To("GET /api/social/posts", $"{key}\r\nX-[a]: evil")),
        ("headers of 20 KB", "431", To("GET /api/social/posts", $"{key}\r\nX-Long: {new string('a', 20_000)}")),
        ("a hundred headers", "431", To("GET /api/social/posts", string.Join("\r\n", [key, .. Enumerable.Range(0, 100).Select(i => $"X-{i}: a")]))),
        ("two framings", "400", To("POST /api/social/post", $"{key}\r\nContent-Type: application/json\r\nContent-Length: {Post.Length}\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        ("two lengths", "400", To("POST /api/social/post", $"{key}\r\nContent-Type: application/json\r\nContent-Length: {Post.Length}\r\nContent-Length: 5", Post)),
        ("a length with a sign", "400", To("POST /api/social/post", $"{key}\r\nContent-Type: application/json\r\nContent-Length: +{Post.Length}", Post)),
        ("HTTP/2 without TLS", "none", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a body 100 lists deep", "400", Json(key, $$"""{"text":{{new string('[', 100)}}{{new string(']', 100)}}}""")),
        ("a field twice", "400", Json(key, """{"text":"Hello","text":"evil","accountIds":["a"]}""")),
        ("a text that is no UTF-8", "400", Json(key, "{\"text\":\"\xff\xfe\",\"accountIds\":[\"a\"]}")),
        ("half a character", "400", Json(key, """{"text":"\ud800","accountIds":["a"]}""")),
        ("an event that nobody signed", "401", Json("X-Forwarded-For: 127.0.0.1", "{}", "POST /webhooks/shopify")),
    ];

    private static string Json(string headers, string body, string line = "POST /api/social/post") =>
        To(line, $"{headers}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}", body);

    private static string To(string line, string headers, string body = "") => $"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n\r\n{body}";

    /// <summary>Each character as a byte; all that comes until the proxy closes the connection.</summary>
    private static async Task<string> SendAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Ct);

        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Ct);
    }

    private static async Task<WebApplication> StartProxyAsync(ApiUnderTest api)
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", $"--Proxy:Destinations:0={api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}"]);
        builder.Logging.ClearProviders();
        builder.AddHotDashProxy();

        var proxy = builder.Build();
        proxy.UseHotDashProxy();
        await proxy.StartAsync(Ct);
        return proxy;
    }
}
