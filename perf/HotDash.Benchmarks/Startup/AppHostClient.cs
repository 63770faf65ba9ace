using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HotDash.Benchmarks.Startup;

/// <summary>Asks a running AppHost what the <c>aspire</c> CLI would ask, without the cost of starting the CLI each time.</summary>
internal sealed class AppHostClient(int processId)
{
    private const string Question = """{"jsonrpc":"2.0","id":1,"method":"GetResourcesAsync","params":[{}]}""";

    private static readonly string[] Expected = ["postgres", "hotdash", "migrations", "api", "pollers", "proxy", "sandbox"];

    private static readonly string Sockets = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "cli", "bch");

    /// <summary>False while the AppHost does not answer yet.</summary>
    public async Task<bool> IsAllHealthyAsync(CancellationToken ct)
    {
        var path = Directory.Exists(Sockets)
            ? Directory.EnumerateFiles(Sockets, string.Create(CultureInfo.InvariantCulture, $"*.{processId}")).FirstOrDefault()
            : null;

        if (path is null)
        {
            return false;
        }

        try
        {
            using var reply = await AskAsync(path, ct);

            return IsAllHealthy(reply.RootElement.GetProperty("result").GetProperty("resources"));
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static bool IsAllHealthy(JsonElement resources)
    {
        var shown = resources.EnumerateArray().ToLookup(r => r.GetProperty("displayName").GetString()!, StringComparer.Ordinal);

        return Expected.All(name => shown[name].Any() && shown[name].All(IsHealthy));
    }

    private static bool IsHealthy(JsonElement resource) => resource.GetProperty("state").GetString() switch
    {
        "Running" => resource.GetProperty("healthStatus").GetString() == "Healthy",
        "Finished" => resource.GetProperty("exitCode") is { ValueKind: JsonValueKind.Number } code && code.GetInt32() == 0,
        _ => false,
    };

    private static async Task<JsonDocument> AskAsync(string path, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"Content-Length: {Question.Length}\r\n\r\n{Question}"), ct);

        var length = 0;
        while (await ReadLineAsync(stream, ct) is { Length: > 0 } header)
        {
            length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
                ? int.Parse(header.AsSpan(header.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture)
                : length;
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, ct);

        return JsonDocument.Parse(body);
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new byte[1];

        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, ct);
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd();
    }
}
