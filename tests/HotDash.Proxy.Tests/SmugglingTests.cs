namespace HotDash.Proxy.Tests;

/// <summary>Bytes that no honest client sends, as they are: most clients refuse to write them.</summary>
public sealed class SmugglingTests
{
    private static readonly (string What, string Request)[] Requests =
    [
        ("two framings", With("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        ("two framings, the other way round", With("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")),
        ("two lengths", With("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")),
        ("two lengths in one", With("Content-Length: 5, 6\r\n\r\nhello")),
        ("a length below zero", With("Content-Length: -5\r\n\r\nhello")),
        ("a length in hex", With("Content-Length: 0x5\r\n\r\nhello")),
        ("a length with a sign", With("Content-Length: +5\r\n\r\nhello")),
        ("a length of 20 digits", With("Content-Length: 00000000000000000005\r\n\r\nhello")),
        ("a length that is nothing", With("Content-Length: \r\n\r\nhello")),
        ("a chunk's size with a sign", With("Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n")),
        ("a bracket in a header's name", With("X-[a]: b\r\n\r\n")),
        ("a comma in a header's name", With("X-A,Transfer-Encoding: b\r\n\r\n")),
        ("a blank before the colon", With("Content-Length : 5\r\n\r\nhello")),
        ("chunked, but not at last", With("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")),
        ("chunked by another name", With("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")),
        ("chunked after a vertical tab", With("Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n")),
        ("a chunk's size that overflows", With("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")),
        ("a chunk longer than it says", With("Transfer-Encoding: chunked\r\n\r\n5\r\nhello, world\r\n0\r\n\r\n")),
        ("a chunk's extension with a lone line feed", With("Transfer-Encoding: chunked\r\n\r\n5;\nx\r\nhello\r\n0\r\n\r\n")),
        ("no Host", "GET /api/x HTTP/1.1\r\nConnection: close\r\n\r\n"),
        ("two Hosts", With("Host: second.example\r\n\r\n")),
        ("a Host that is none", "GET /api/x HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
        ("a Host with a user", "GET /api/x HTTP/1.1\r\nHost: evil@localhost\r\nConnection: close\r\n\r\n"),
        ("an address for another host", "GET http://evil.example/api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        ("a header in two lines", With("X-Folded: a\r\n b\r\n\r\n")),
        ("a header that begins with a blank", With(" X-Blank: a\r\n\r\n")),
        ("a header without a colon", With("X-Nothing\r\n\r\n")),
        ("a header with a lone carriage return", With("X-Cut: a\rX-HotDash-Key-Id: b\r\n\r\n")),
        ("a header with a zero", With("X-Zero: a\0b\r\n\r\n")),
        ("a header that is no UTF-8", With("X-Text: \xff\xfe\r\n\r\n")),
        ("an address with a raw byte", Line("/api/\xff")),
        ("an address with a control character", Line("/api/x\x01y")),
        ("an address with an encoded zero", Line("/api/x%00y")),
        ("an address with an encoded line", Line("/api/x?a=b%0d%0aX-Evil:%20c")),
        ("an address that is no UTF-8", Line("/api/%c3%28")),
        ("a query that is no UTF-8", Line("/api/x?a=%ff")),
        ("half of a surrogate pair", Line("/api/%ed%a0%80")),
    ];

    [Fact]
    public async Task What_two_servers_could_read_differently_is_refused_and_has_no_effect()
    {
        var effects = 0;
        await using var api = await Upstream.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            Interlocked.Increment(ref effects);
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        var answers = new List<(string What, string Status)>();
        foreach (var (what, request) in Requests)
            answers.Add((what, StatusOf(await proxy.SendRawAsync(request))));

        Assert.All(answers, answer => Assert.Equal("400", answer.Status));
        Assert.Equal(0, effects);
    }

    [Fact]
    public async Task A_length_in_digits_is_taken_and_so_is_any_name_that_is_a_token()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        var answer = await proxy.SendRawAsync(With("Content-Length: 5\r\nX-!#$%&'*+-.^_`|~9: b\r\n\r\nhello"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("X-!#$%&'*+-.^_`|~9: b\n", answer, StringComparison.Ordinal);
        Assert.Contains("\n\nhello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_2_without_TLS_is_told_to_speak_HTTP_1_and_reaches_nobody()
    {
        var effects = 0;
        await using var api = await Upstream.StartAsync(_ =>
        {
            Interlocked.Increment(ref effects);
            return Task.CompletedTask;
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        var answer = await proxy.SendRawAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        Assert.EndsWith("\0\0\0\r", answer, StringComparison.Ordinal); // the last of a GOAWAY frame: HTTP_1_1_REQUIRED is 13
        Assert.DoesNotContain("HTTP/", answer, StringComparison.Ordinal);
        Assert.Equal(0, effects);
    }

    [Fact]
    public async Task What_comes_after_a_body_is_no_header()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        var answer = await proxy.SendRawAsync(With("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Forwarded-For: 6.6.6.6\r\nX-HotDash-Key-Id: b\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Key-Id", answer, StringComparison.OrdinalIgnoreCase);
    }

    private static string With(string ending) => $"POST /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{ending}";

    private static string Line(string target) => $"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static string StatusOf(string answer) => answer.Length > 12 ? answer[9..12] : "none";
}
