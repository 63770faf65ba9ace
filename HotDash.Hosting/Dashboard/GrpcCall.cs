using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Aspire.Hosting.Dashboard;

/// <summary>The gRPC status codes that we answer with (https://grpc.io/docs/guides/status-codes/).</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    NotFound = 5,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>Ends a call with a status; the message reaches the caller.</summary>
internal sealed class GrpcException(GrpcStatus status, string message) : Exception(message)
{
    public GrpcStatus Status { get; } = status;
}

/// <summary>
/// One gRPC call over Kestrel: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md. The dashboard needs four methods of one
/// service, uncompressed; Grpc.AspNetCore cannot be restored where HotDash is built (docs/decisions/hosting-subset.md).
/// </summary>
internal sealed class GrpcCall(HttpContext http, CancellationToken aborted)
{
    private const int PrefixLength = 5;
    private const int MaxRequestLength = 1024 * 1024;

    public CancellationToken Aborted => aborted;

    /// <summary>Sends the headers at once, so that a stream without news counts as open, and lifts Kestrel's limits for slow bodies.</summary>
    public Task StartAsync()
    {
        http.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        http.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        http.Response.ContentType = "application/grpc";

        return http.Response.Body.FlushAsync(Aborted);
    }

    public async Task<T> ReadAsync<T>(MessageParser<T> parser) where T : IMessage<T>
    {
        var prefix = new byte[PrefixLength];
        await ReadAllAsync(prefix);

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (prefix[0] != 0)
            throw new GrpcException(GrpcStatus.Unimplemented, "Compressed messages are not supported.");

        if (length > MaxRequestLength)
            throw new GrpcException(GrpcStatus.ResourceExhausted, $"A request of {length} bytes is larger than {MaxRequestLength}.");

        var message = new byte[length];
        await ReadAllAsync(message);

        return Parse(parser, message);
    }

    public async Task WriteAsync(IMessage message)
    {
        var frame = new byte[PrefixLength + message.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - PrefixLength));
        message.WriteTo(frame.AsSpan(PrefixLength));

        await http.Response.Body.WriteAsync(frame, Aborted);
        await http.Response.Body.FlushAsync(Aborted);
    }

    public void End(GrpcStatus status, string? message = null)
    {
        http.Response.AppendTrailer("grpc-status", ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (message is not null)
            http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }

    private async Task ReadAllAsync(Memory<byte> buffer)
    {
        try
        {
            await http.Request.Body.ReadExactlyAsync(buffer, Aborted);
        }
        catch (EndOfStreamException)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, "The request ended inside a message.");
        }
    }

    private static T Parse<T>(MessageParser<T> parser, byte[] message) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, "The request is not the message that this method takes.");
        }
    }
}
