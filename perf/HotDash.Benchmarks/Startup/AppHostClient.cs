using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HotDash.Benchmarks.Startup;

/// <summary>Asks a running AppHost as <c>aspire wait</c> does: asking again and again would be a load of its own.</summary>
internal sealed class AppHostClient(int processId)
{
    /// <summary>Api and pollers start once the migrations have completed, so these are all.</summary>
    private static readonly string[] Expected = ["postgres", "hotdash", "sandbox", "api", "pollers", "proxy"];

    private static readonly string Sockets = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "cli", "bch");

    /// <summary>Where the AppHost listens; null before it does.</summary>
    public string? SocketPath => Directory.Exists(Sockets)
        ? Directory.EnumerateFiles(Sockets, string.Create(CultureInfo.InvariantCulture, $"*.{processId}")).FirstOrDefault()
        : null;

    /// <exception cref="InvalidOperationException">A resource will not become healthy.</exception>
    public async Task WaitUntilAllHealthyAsync(CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath!), ct);
        await using var stream = new NetworkStream(socket);

        foreach (var name in Expected)
        {
            using var reply = await AskAsync(
                stream, $$"""{"resourceName":"{{name}}","status":"healthy","timeoutSeconds":90}""", ct);

            if (!reply.RootElement.GetProperty("result").GetProperty("success").GetBoolean())
            {
                throw new InvalidOperationException($"{name}: {reply.RootElement}");
            }
        }
    }

    private static async Task<JsonDocument> AskAsync(NetworkStream stream, string request, CancellationToken ct)
    {
        var question = $$"""{"jsonrpc":"2.0","id":1,"method":"WaitForResourceAsync","params":[{{request}}]}""";
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"Content-Length: {question.Length}\r\n\r\n{question}"), ct);

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
