using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Requests;

/// <summary>Every route of the OpenAPI document, with what no honest caller sends: each is refused, and none has done anything.</summary>
public sealed partial class HostileRequestTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task No_route_takes_an_address_that_is_no_text_or_fails_over_an_odd_one()
    {
        var api = await StartAsync();
        var routes = await DescribedRoute.AllAsync(api);

        var answers = new List<(string Asked, int Status)>();
        foreach (var (route, target) in routes.SelectMany(route => Addresses(route).Select(target => (route, target))))
            answers.Add(($"{route} at {target}", await AskAsync(api, route, target, body: null)));

        Assert.All(answers, answer => Assert.True(answer.Status is >= 200 and < 500, $"{answer.Asked}: {answer.Status}"));
        Assert.All(answers.Where(answer => Unreadable.Any(text => answer.Asked.Contains(text, StringComparison.Ordinal))), answer => Assert.True(answer.Status is 400, $"{answer.Asked}: {answer.Status}"));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task No_route_takes_a_body_that_is_broken_deep_ambiguous_or_no_text()
    {
        var api = await StartAsync();
        var routes = (await DescribedRoute.AllAsync(api)).Where(route => route.Fields is not []).ToList();

        var answers = new List<(string Asked, int Status)>();
        foreach (var route in routes)
            foreach (var (name, body) in Bodies(route.Fields[0]))
                answers.Add(($"{route} with {name}", await AskAsync(api, route, Parameter().Replace(route.Path, "x"), body)));

        Assert.True(routes.Count > 20);
        Assert.All(answers, answer => Assert.True(answer.Status is 400, $"{answer.Asked}: {answer.Status}"));
        await NothingHappenedAsync();
    }

    private static readonly string[] Unreadable = ["%00", "%ED%A0%80", "%0d%0aSet-Cookie:%20a=b"];

    private static readonly string[] Odd = ["%25ff", "'%20or%20''='", "99999999999999999999", new('a', 3000)];

    private static IEnumerable<string> Addresses(DescribedRoute route)
    {
        foreach (var text in Unreadable.Concat(Odd))
        {
            if (route.Path.Contains('{', StringComparison.Ordinal))
                yield return Parameter().Replace(route.Path, text);
            foreach (var name in route.Query)
                yield return $"{Parameter().Replace(route.Path, "x")}?{name}={text}";
        }

        yield return $"{Parameter().Replace(route.Path, "x")}?%ED%A0%80";
    }

    private static IEnumerable<(string Name, byte[] Body)> Bodies(string field)
    {
        yield return ("nothing", []);
        yield return ("half of it", Text($$"""{"{{field}}":"a"""));
        yield return ("a field twice", Text($$"""{"{{field}}":null,"{{field}}":null}"""));
        yield return ("100 lists in each other", Text($$"""{"{{field}}":{{new string('[', 100)}}{{new string(']', 100)}}}"""));
        yield return ("100 unknown objects in each other", Text($"{string.Concat(Enumerable.Repeat("""{"a":""", 100))}1{new string('}', 100)}"));
        yield return ("a text that is no UTF-8", [.. Text($$"""{"{{field}}":"""), (byte)'"', 0xff, 0xfe, .. Text("\"}")]);
        yield return ("a name that is no UTF-8", [(byte)'{', (byte)'"', 0xc3, 0x28, .. Text("\":1}")]);
        yield return ("half a character", Text($$"""{"{{field}}":"\ud800"}"""));
        yield return ("a control character", Text($$"""{"{{field}}":"\u0000"}"""));
        yield return ("a number like no other", Text($$"""{"{{field}}":1e9999}"""));
        yield return ("UTF-16", Encoding.Unicode.GetBytes("{}"));
        yield return ("a remark", Text("{/* */}"));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<int> AskAsync(ApiUnderTest api, DescribedRoute route, string target, byte[]? body)
    {
        using var request = new HttpRequestMessage(route.Method, new Uri($"{api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "a");
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };

        using var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return (int)answer.StatusCode;
    }

    private async Task NothingHappenedAsync()
    {
        foreach (var table in (string[])["audit_entries where kind <> 'key'", "jobs", "social_posts", "approvals"])
            Assert.Equal(0, await CountAsync(table));
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
