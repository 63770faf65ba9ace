using System.Text.RegularExpressions;
using HotDash.Api.Tests.Features.Audit;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Access;

/// <summary>Whoever adds a route says who may use it, with <c>RequireScope</c>, and writes that down in docs/security.md.</summary>
public sealed partial class AccessMatrixTests(PostgresFixture postgres, ITestOutputHelper output) : ApiTest(postgres)
{
    private const string Renew = "HOTDASH_RENEW_DOCS";
    private const string Head = "|---|---|\n";
    private const string NoKey = "no key";
    private const string NobodysKey = "nobody's key";

    /// <summary>What may be asked without a key.</summary>
    private static readonly string[] Open = ["GET /alive", "GET /health", "POST /webhooks/{source}"];

    private static readonly string Page = Path.Combine(Repository.Folder, "docs", "security.md");

    [Fact]
    public async Task Every_route_lets_in_whom_the_docs_name_and_nobody_else()
    {
        var api = await StartAsync(new Turnstile.Wire());
        var callers = await CallersAsync(api);

        var rows = new List<(MappedRoute Route, int[] Answers)>();
        foreach (var route in MappedRoutes.Of(api))
            rows.Add((route, await AskAsync(api, route, callers.Values)));
        Print(rows, callers.Keys);

        Assert.All(rows, row => HasOneRule(row.Route, callers.Keys, row.Answers));
        await IsWrittenDownAsync(rows.Select(row => $"| `{row.Route}` | {RuleOf(callers.Keys, row.Answers)} |"));
    }

    /// <summary>Somebody without a key, somebody with a wrong one, and a key of each scope alone.</summary>
    private static async Task<OrderedDictionary<string, string?>> CallersAsync(ApiUnderTest api)
    {
        var callers = new OrderedDictionary<string, string?>(StringComparer.Ordinal) { [NoKey] = null, [NobodysKey] = $"Bearer hd_{new string('x', 43)}" };
        foreach (var scope in ApiKeyScopes.All)
        {
            await api.UseKeyAsync(scope);
            callers[scope] = api.Http.DefaultRequestHeaders.Authorization!.ToString();
        }

        api.Http.DefaultRequestHeaders.Authorization = null;
        return callers;
    }

    private static async Task<int[]> AskAsync(ApiUnderTest api, MappedRoute route, IEnumerable<string?> callers)
    {
        var answers = new List<int>();
        foreach (var key in callers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(route.Method), Parameter().Replace(route.Path, "x"));
            request.Headers.TryAddWithoutValidation("Authorization", key);
            using var answer = await api.Http.SendAsync(request, Ct);
            answers.Add((int)answer.StatusCode);
        }

        return [.. answers];
    }

    private static void HasOneRule(MappedRoute route, IEnumerable<string> callers, int[] answers)
    {
        if (Open.Contains(route.ToString()))
        {
            Assert.All(answers, answer => Assert.False(answer is 401 or 403, $"{route} needs no key, but answers {answer}."));
            return;
        }

        var scopes = LetIn(callers, answers);
        Assert.True(scopes is [_], $"{route} needs .RequireScope(…): it lets in {string.Join(", ", scopes)}.");
        Assert.Equal([401, 401], answers[..2]);
        Assert.All(answers[2..], answer => Assert.True(answer is 204 or 403));
        Assert.False(
            route.Changes && scopes is [ApiKeyScopes.Read] && !AuditedRoutesTests.OnlyAsk.Contains(route.ToString()),
            $"{route} changes something, and a key that may only read is let in.");
    }

    private static string RuleOf(IEnumerable<string> callers, int[] answers) =>
        LetIn(callers, answers) is [var scope] ? $"`{scope}`" : "needs none";

    private static List<string> LetIn(IEnumerable<string> callers, int[] answers) =>
        [.. callers.Zip(answers).Where(asked => asked.Second is not (401 or 403)).Select(asked => asked.First)];

    private void Print(List<(MappedRoute Route, int[] Answers)> rows, IEnumerable<string> callers)
    {
        output.WriteLine($"{"",-60}{string.Concat(callers.Select(caller => $"{caller,14}"))}");
        foreach (var (route, answers) in rows)
            output.WriteLine($"{route,-60}{string.Concat(answers.Select(answer => $"{answer,14}"))}");
    }

    /// <summary>The table is the last thing on the page.</summary>
    private static async Task IsWrittenDownAsync(IEnumerable<string> rows)
    {
        var written = (await File.ReadAllTextAsync(Page, Ct)).ReplaceLineEndings("\n");
        var expected = $"{written[..(written.LastIndexOf(Head, StringComparison.Ordinal) + Head.Length)]}{string.Join('\n', rows)}\n";

        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 })
            await File.WriteAllTextAsync(Page, expected, Ct);
        else
            Assert.True(
                expected == written,
                $"""docs/security.md does not name these routes and scopes. Run {Renew}=1 dotnet test --project tests/HotDash.Api.Tests -- --filter-class "*AccessMatrixTests" and read what it changed.""");
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
