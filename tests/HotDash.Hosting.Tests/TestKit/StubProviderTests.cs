using System.Net;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.TestKit;

public sealed class StubProviderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_come_in_their_order_and_requests_are_kept()
    {
        using var provider = new StubProvider()
            .Replies(HttpStatusCode.TooManyRequests, headers: ("Retry-After", "3"))
            .Replies(HttpStatusCode.OK, """{"ok":true}""");
        using var http = new HttpClient(provider) { BaseAddress = new("https://provider.example/") };

        using var first = await http.PostAsync("posts?draft=1", new StringContent("hello"), Ct);
        using var second = await http.GetAsync("posts", Ct);

        Assert.Equal(TimeSpan.FromSeconds(3), first.Headers.RetryAfter?.Delta);
        Assert.Equal("""{"ok":true}""", await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal(["POST /posts?draft=1 hello", "GET /posts "], provider.Requests.Select(r => $"{r.Method} {r.Address.PathAndQuery} {r.Body}"));
    }

    [Fact]
    public async Task A_request_that_nobody_planned_fails_the_test_even_when_the_code_under_test_swallows_it()
    {
        var provider = new StubProvider();
        using var http = new HttpClient(provider, disposeHandler: false);

        await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync("https://provider.example/who", Ct));

        var complaint = Assert.Throws<InvalidOperationException>(provider.Dispose);
        Assert.Contains("GET https://provider.example/who", complaint.Message, StringComparison.Ordinal);
    }
}
