using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace HotDash.Cli;

/// <summary>Asks the api, and turns its refusals into messages and exit codes.</summary>
internal sealed class ApiClient(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static ApiClient Create(Func<string, string?> environment, HttpMessageHandler wire)
    {
        if (!Uri.TryCreate(environment("HOTDASH_URL") ?? "http://localhost:8080", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CliException(ExitCodes.Refused, "HOTDASH_URL is no address. Set it to that of the proxy, such as http://localhost:8080.");
        if (environment("HOTDASH_KEY") is not { Length: > 0 } key)
            throw new CliException(ExitCodes.NoAccess, "HOTDASH_KEY is not set. Set it to a key of HotDash (hd_…).");
        if (key.Any(letter => letter is < '!' or > '~'))
            throw new CliException(ExitCodes.NoAccess, "HOTDASH_KEY is no key: it holds characters that no key has.");

        return new(new HttpClient(wire, disposeHandler: false)
        {
            BaseAddress = address,
            Timeout = Patience,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        });
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(new(HttpMethod.Get, path), ct);

    public async Task<string> GetTextAsync(string path, CancellationToken ct)
    {
        var (status, body) = await ReadAsync(new(HttpMethod.Get, path), ct);
        return IsGood(status) ? Encoding.UTF8.GetString(body) : throw Refusal(status, Parse(body));
    }

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken ct) => ChangeAsync(HttpMethod.Post, path, body, version: null, ct);

    /// <param name="version">Only if what is changed still has it; null: whatever it has.</param>
    public Task<JsonElement> ChangeAsync(HttpMethod method, string path, object? body, long? version, CancellationToken ct)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is { } known)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{known}\"");

        return SendAsync(request, ct);
    }

    /// <summary>Where a refusal is an answer, too.</summary>
    public async Task<ApiAnswer> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var (status, body) = await ReadAsync(request, ct);
        return new(status, Parse(body));
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using (request)
            using (var reply = await http.SendAsync(request, ct))
                return (reply.StatusCode, await reply.Content.ReadAsByteArrayAsync(ct));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CliException(ExitCodes.Failed, $"HotDash does not answer at {http.BaseAddress}. Is it running? HOTDASH_URL says where.");
        }
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var answer = await AskAsync(request, ct);
        return IsGood(answer.Status) ? answer.Json : throw Refusal(answer.Status, answer.Json);
    }

    private static bool IsGood(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return body is [] ? default : JsonDocument.Parse(body).RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Failed, "What answered is not HotDash. HOTDASH_URL says where it is.");
        }
    }

    private static CliException Refusal(HttpStatusCode status, JsonElement problem)
    {
        var detail = problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("detail", out var text) ? text.GetString() : null;
        var code = (int)status switch
        {
            401 or 403 => ExitCodes.NoAccess,
            429 or >= 500 => ExitCodes.Failed,
            _ => ExitCodes.Refused,
        };

        return new(code, $"{detail ?? "HotDash refused."} ({(int)status})");
    }
}

/// <summary>What the api answered, whatever it was.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement Json);
