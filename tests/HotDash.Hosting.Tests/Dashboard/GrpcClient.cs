using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace HotDash.Hosting.Tests.Dashboard;

/// <summary>Calls the resource service as the dashboard does.</summary>
internal sealed class GrpcClient(Uri server, string apiKey) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    public Task<HttpResponseMessage> SendAsync(string method, byte[] body, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/aspire.v1.DashboardService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.Add("x-resource-service-api-key", apiKey);

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public async Task<GrpcReplies> CallAsync(string method, IMessage request, CancellationToken ct) =>
        new(await SendAsync(method, Frame(request.ToByteArray()), ct));

    public void Dispose() => _http.Dispose();

    public static byte[] Frame(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);

        return frame;
    }
}

internal sealed class GrpcReplies(HttpResponseMessage response) : IDisposable
{
    /// <summary>Known once the last message has been read.</summary>
    public int Status => int.Parse(response.TrailingHeaders.GetValues("grpc-status").Single(), CultureInfo.InvariantCulture);

    /// <returns>Null after the last one.</returns>
    public async Task<T?> NextAsync<T>(MessageParser<T> parser, CancellationToken ct)
        where T : class, IMessage<T>
    {
        var stream = await response.Content.ReadAsStreamAsync(ct);
        var prefix = new byte[5];
        if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, ct) == 0)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await stream.ReadExactlyAsync(message, ct);

        return parser.ParseFrom(message);
    }

    public void Dispose() => response.Dispose();
}
