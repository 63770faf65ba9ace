using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>DCP's REST API: objects are created, watched and deleted, as in Kubernetes.</summary>
internal sealed class DcpClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly HttpClient _http;

    /// <param name="kubeconfig">The file that DCP wrote; three scalars of it matter.</param>
    /// <param name="certificate">Our own certificate: no other server is talked to.</param>
    public DcpClient(string kubeconfig, byte[] certificate)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.AsSpan().SequenceEqual(presented?.GetRawCertData()) },
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri($"{Scalar("server")}/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Scalar("token"));

        string Scalar(string name) => kubeconfig.Split('\n')
            .Select(line => line.TrimStart(' ', '-').Split(": ", 2))
            .First(pair => pair is [var key, _] && key == name)[1].Trim().Trim('"');
    }

    /// <summary>The API refuses connections for a moment after the kubeconfig appeared.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var reply = await _http.GetAsync(new Uri("admin/execution", UriKind.Relative), ct);
                if (reply.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(Pause, ct);
        }
    }

    public async Task CreateAsync(DcpObject wanted, CancellationToken ct)
    {
        using var reply = await _http.PostAsJsonAsync(Api(wanted.Path), wanted, DcpObject.Json, ct);
        if (!reply.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"DCP did not take '{wanted.Metadata.Name}': {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(ct)}");
        }
    }

    public Task<DcpObject?> FindAsync(string path, string name, CancellationToken ct) =>
        GetAsync<DcpObject>($"{path}/{name}", ct);

    /// <summary>Asks for a graceful stop; the state tells when it has happened.</summary>
    public async Task RequestStopAsync(string path, string name, CancellationToken ct)
    {
        using var reply = await PatchAsync(Api($"{path}/{name}"), """{"spec":{"stop":true}}""", ct);
    }

    /// <summary>Deletes the object, and returns when it is gone and its name is free.</summary>
    public async Task DeleteAsync(string path, string name, CancellationToken ct)
    {
        using var reply = await _http.DeleteAsync(Api($"{path}/{name}"), ct);
        while (await FindAsync(path, name, ct) is not null)
            await Task.Delay(Pause, ct);
    }

    /// <summary>Each object that is there and each change, until DCP closes the stream.</summary>
    public async IAsyncEnumerable<DcpEvent> WatchAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in ReadLinesAsync($"{path}?watch=true", ct))
        {
            if (JsonSerializer.Deserialize<DcpEvent>(line, DcpObject.Json) is { } change)
                yield return change;
        }
    }

    /// <summary>The lines of a log, each with its time before it; following ends when the object is deleted.</summary>
    public IAsyncEnumerable<string> ReadLogAsync(string path, string name, string source, bool follow, int skip, CancellationToken ct) =>
        ReadLinesAsync($"{path}/{name}/log?source={source}&timestamps=true&follow={(follow ? "true" : "false")}&skip={skip}", ct);

    /// <summary>Ends DCP. The answer may never arrive, as the server is ending.</summary>
    /// <param name="cleanup"><c>Full</c> also ends all processes and containers; <c>None</c> is for when there are none.</param>
    public async Task RequestShutdownAsync(string cleanup, CancellationToken ct)
    {
        try
        {
            using var reply = await PatchAsync(
                new("admin/execution", UriKind.Relative), $$"""{"status":"Stopping","shutdownResourceCleanup":"{{cleanup}}"}""", ct);
            reply.EnsureSuccessStatusCode();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // It heard us, or it is gone already.
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Api(string path) => new($"apis/{DcpObject.Group}/{path}", UriKind.Relative);

    private async Task<T?> GetAsync<T>(string path, CancellationToken ct)
        where T : class
    {
        using var reply = await _http.GetAsync(Api(path), ct);
        if (reply.StatusCode is HttpStatusCode.NotFound)
            return null;

        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<T>(DcpObject.Json, ct);
    }

    private async Task<HttpResponseMessage> PatchAsync(Uri address, string json, CancellationToken ct)
    {
        // Without a charset: the endpoint admin/execution compares the whole header.
        using var content = new StringContent(json, new MediaTypeHeaderValue("application/merge-patch+json"));
        return await _http.PatchAsync(address, content, ct);
    }

    private async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reply = await _http.GetAsync(Api(path), HttpCompletionOption.ResponseHeadersRead, ct);
        if (!reply.IsSuccessStatusCode)
            yield break;

        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
            yield return line;
    }
}

internal sealed record DcpEvent(string Type, DcpObject Object);
