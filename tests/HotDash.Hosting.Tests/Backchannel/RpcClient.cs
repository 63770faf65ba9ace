using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.Backchannel;

namespace HotDash.Hosting.Tests.Backchannel;

/// <summary>A JSON-RPC client that sends what it is told to, also nonsense.</summary>
internal sealed class RpcClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly RpcFrames _frames;
    private int _lastId;

    public RpcClient(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _frames = new(new NetworkStream(_socket, ownsSocket: true));
    }

    public async Task<JsonNode> CallAsync(string method, CancellationToken ct, params object?[] args)
    {
        await SendAsync(++_lastId, method, ct, args);

        return (await ReadAsync(ct))!;
    }

    public Task SendAsync(int? id, string method, CancellationToken ct, params object?[] args)
    {
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(args) };
        if (id is { } number)
        {
            request["id"] = number;
        }

        return _frames.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), ct);
    }

    public async Task SendRawAsync(string text, CancellationToken ct) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text), ct);

    /// <returns>Null when the server has closed the connection.</returns>
    public async Task<JsonNode?> ReadAsync(CancellationToken ct) =>
        await _frames.ReadAsync(ct) is { } message ? JsonNode.Parse(message) : null;

    public void Dispose()
    {
        _frames.Dispose();
        _socket.Dispose();
    }

    public static string Frame(string json) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
}
