using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HotDash.Integrations;
using HotDash.Integrations.AlertWebhook;
using HotDash.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Api.Tests.Secrets;

/// <summary>
/// Every credential is marked, every provider says back what it was sent, and every endpoint is asked while they fail in every way. No
/// mark may be in an answer, a log line, a span, a metric, a row or a file that a check leaves.
/// </summary>
public sealed class CanaryTests(PostgresFixture postgres) : ApiTest(postgres)
{
    public const string Marker = "canary-";

    private static readonly string AlertSecret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Marker}secret-of-the-alerts"));

    private static readonly int[] Statuses = [200, 400, 401, 404, 429, 500];

    [Fact]
    public async Task No_key_is_in_anything_that_the_api_answers_emits_or_stores()
    {
        await using var provider = await EchoingProvider.StartAsync();
        using var keyFile = TestFolder.Create();
        using var emitted = new Emitted();
        var api = await StartAsync(wire: null, Settings(provider, keyFile["key.json"]));
        var integrations = api.Services.GetServices<IntegrationOptions>().ToList();
        var letters = await KeepLettersAsync(api, integrations);

        foreach (var status in Statuses)
        {
            provider.Status = status;
            await AskAllAsync(api, integrations, letters, emitted);
            await AlertAsync(api, emitted);
        }

        await CheckAsync(api, emitted);
        emitted.Add("log", api.Logs.Text);
        await ReadRowsAsync(emitted);
        Assert.All(integrations, integration => Assert.Equal((integration.Key, IntegrationState.Live), (integration.Key, integration.State)));
        Assert.InRange(provider.Asked, integrations.Count * Statuses.Length, int.MaxValue);
        Assert.All(["log", "span", "metric", "answer", "row", "artifact", "exception"], place => Assert.True(emitted.Saw(place), place));
        Assert.Empty(emitted.Find(Marker, AlertSecret, ApiUnderTest.DataProtectionKey, api.Http.DefaultRequestHeaders.Authorization!.Parameter!));
    }

    /// <summary>Of every integration that is registered; one that is not live at the end needs a value here.</summary>
    private static (string, string)[] Settings(EchoingProvider provider, string keyFile)
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(keyFile, JsonSerializer.Serialize(new
        {
            type = "service_account",
            client_email = $"{Marker}reader@project.example",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            private_key_id = $"{Marker}key-id",
        }));

        return
        [
            ("Integrations:Mode", "live"),
            .. Keys.SelectMany(name => new[]
            {
                ($"{name.ToUpperInvariant().Replace('-', '_')}_BASE_URL", $"{provider.Address}/{name}"),
                ($"Integrations:{name}:Retry:MaxAttempts", "1"),
                ($"Integrations:{name}:CircuitBreaker:FailureThreshold", "1000"),
                ($"Integrations:Limits:{name}", "100000/1s"),
            }),
            ("SUPABASE_SERVICE_KEY", $"{Marker}supabase"),
            ("PUBLER_API_KEY", $"{Marker}publer"),
            ("PUBLER_WORKSPACE_ID", $"{Marker}workspace"),
            ("CHATWOOT_API_KEY", $"{Marker}chatwoot"),
            ("CHATWOOT_ACCOUNT_ID", "1"),
            ("SHOPIFY_ACCESS_TOKEN", $"{Marker}shopify"),
            ("PLAUSIBLE_API_KEY", $"{Marker}plausible"),
            ("PLAUSIBLE_SITE_ID", "shop.example"),
            ("GA4_PROPERTY_ID", "123"),
            ("GSC_SITE_URL", "https://shop.example/"),
            ("GOOGLE_CALENDAR_ID", "shop@group.calendar.example"),
            ("GOOGLE_APPLICATION_CREDENTIALS", keyFile),
            ("GOOGLE_TOKEN_URL", $"{provider.Address}/token"),
            ("ALERT_WEBHOOK_URL", $"{provider.Address}/receiver"),
            ("ALERT_WEBHOOK_SECRET", $"whsec_{AlertSecret}"),
            ("CHATWOOT_WEBHOOK_SECRET", $"{Marker}chatwoot-webhooks"),
            ("SHOPIFY_WEBHOOK_SECRET", $"{Marker}shopify-webhooks"),
        ];
    }

    private static readonly string[] Keys = ["supabase", "publer", "chatwoot", "shopify", "plausible", "google-analytics", "search-console", "google-calendar", "alert-webhook"];

    private static async Task<IReadOnlyList<Guid>> KeepLettersAsync(ApiUnderTest api, IReadOnlyList<IntegrationOptions> integrations)
    {
        var letters = new List<Guid>();
        foreach (var integration in integrations)
        {
            letters.Add(await api.Services.GetRequiredService<IDeadLetterSink>().KeepAsync(
                new()
                {
                    Integration = integration.Key,
                    Operation = integration.Operations[0].Name,
                    Request = new() { Method = "POST", Path = "things", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"{Marker}letter" }, Body = Encoding.UTF8.GetBytes("{}") },
                    Failure = new NetworkException(integration.Key, IntegrationCodes.Network, "the connection failed", outcomeUnknown: true),
                    Attempts = 1,
                    FirstAt = DateTimeOffset.UnixEpoch,
                    LastAt = DateTimeOffset.UnixEpoch,
                    OutcomeUnknown = true,
                },
                Ct));
        }

        return letters;
    }

    private static async Task AskAllAsync(ApiUnderTest api, IReadOnlyList<IntegrationOptions> integrations, IReadOnlyList<Guid> letters, Emitted emitted)
    {
        foreach (var path in Paths(api, integrations, letters))
            await KeepAsync(emitted, await api.Http.GetAsync(new Uri(path, UriKind.Relative), Ct));

        (string, object)[] posts =
        [
            ("/api/integrations/check", new { }),
            ("/api/integrations/connect", new { }),
            ("/api/social/post", new { text = "Hello", accountIds = new[] { "account-1" } }),
            ("/api/idea-pool", new { id = "gift-wrapping", title = "Gift wrapping", priority = "high" }),
            ("/api/idea-pool/gift-wrapping/review", new { decision = "approved", reviewer = "Ada" }),
            ("/api/dead-letters/replays", new { filter = new { }, reason = "again" }),
        ];
        foreach (var (path, body) in posts)
        {
            using var content = System.Net.Http.Json.JsonContent.Create(body);
            await KeepAsync(emitted, await api.Http.PostAsync(new Uri(path, UriKind.Relative), content, Ct));
        }
    }

    /// <summary>As the pollers do.</summary>
    private static async Task AlertAsync(ApiUnderTest api, Emitted emitted)
    {
        try
        {
            await api.Services.GetRequiredService<AlertWebhookClient>().SendAsync("message-1", "{}"u8.ToArray(), Ct);
        }
        catch (IntegrationException e)
        {
            emitted.Add("exception", e);
        }
    }

    /// <summary>Every address that can be read, with everything that it can be asked about.</summary>
    private static IEnumerable<string> Paths(ApiUnderTest api, IReadOnlyList<IntegrationOptions> integrations, IReadOnlyList<Guid> letters) =>
        from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET", StringComparer.Ordinal) is not false
        let route = endpoint.RoutePattern.RawText!
        // The stream never ends; what it tells is read from its table. The description of the api asks no provider, and takes its time.
        where route is not "/api/stream" && !route.Contains("openapi", StringComparison.Ordinal)
        from path in route switch
        {
            _ when route.Contains("{key}", StringComparison.Ordinal) => integrations.Select(integration => route.Replace("{key}", integration.Key, StringComparison.Ordinal)),
            _ when route.Contains("dead-letters/{", StringComparison.Ordinal) => letters.Select(letter => Fill(route, letter)),
            _ when route.Contains('{') => [Fill(route, letters[0])],
            _ => [route],
        }
        select path;

    private static string Fill(string route, Guid id) => $"{route[..route.IndexOf('{')]}{id}";

    private static async Task KeepAsync(Emitted emitted, HttpResponseMessage answer)
    {
        using (answer)
            emitted.Add("answer", $"{answer.RequestMessage!.RequestUri} {answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    /// <summary>With the command that people use: what it finds stays behind in files.</summary>
    private static async Task CheckAsync(ApiUnderTest api, Emitted emitted)
    {
        using var folder = TestFolder.Create();
        var command = BuiltProgram.Command(
            "HotDash.Cli", ["check", "all"], [("HOTDASH_URL", api.Http.BaseAddress!.ToString()), ("HOTDASH_KEY", api.Http.DefaultRequestHeaders.Authorization!.Parameter!)]);
        (command.WorkingDirectory, command.RedirectStandardOutput) = (folder.Path, true);

        using var hotdash = Process.Start(command)!;
        emitted.Add("answer", await hotdash.StandardOutput.ReadToEndAsync(Ct));
        await hotdash.WaitForExitAsync(Ct);

        foreach (var file in Directory.EnumerateFiles(folder["artifacts"], "*", SearchOption.AllDirectories))
            emitted.Add("artifact", await File.ReadAllTextAsync(file, Ct));
    }

    private async Task ReadRowsAsync(Emitted emitted)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var tables = store.CreateCommand("select quote_ident(table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        await using var reader = await tables.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            await using var rows = store.CreateCommand($"select string_agg(rows::text, ' ') from {reader.GetString(0)} rows");
            emitted.Add("row", await rows.ExecuteScalarAsync(Ct));
        }
    }
}
