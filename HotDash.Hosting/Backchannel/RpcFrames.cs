using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// Messages with a header, as the language server protocol frames them: <c>Content-Length: N\r\n\r\n</c>, then N bytes of JSON.
/// https://microsoft.github.io/language-server-protocol/specifications/base/0.9/specification/#headerPart
/// </summary>
internal sealed class RpcFrames(Stream stream) : IDisposable
{
    private const int MaxHeaderLength = 4 * 1024;
    private const int MaxMessageLength = 4 * 1024 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(stream);
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <returns>The next message, or null when the other side is done.</returns>
    /// <exception cref="InvalidDataException">The other side does not speak this protocol.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(ct);
            var buffer = read.Buffer;
            if (TryTakeMessage(ref buffer, out var message))
            {
                _reader.AdvanceTo(buffer.Start);
                return message;
            }

            if (read.IsCompleted)
                return null;

            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {message.Length}\r\n\r\n"));

        await _writing.WaitAsync(ct);
        try
        {
            await stream.WriteAsync(header, ct);
            await stream.WriteAsync(message, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _reader.Complete();
        _writing.Dispose();
    }

    private static bool TryTakeMessage(ref ReadOnlySequence<byte> buffer, out byte[] message)
    {
        message = [];
        var input = new SequenceReader<byte>(buffer);
        if (!input.TryReadTo(out ReadOnlySequence<byte> header, "\r\n\r\n"u8))
            return buffer.Length <= MaxHeaderLength ? false : throw new InvalidDataException("The header of a message does not end.");

        var length = ContentLength(header.ToArray());
        if (input.Remaining < length)
            return false;

        message = input.UnreadSequence.Slice(0, length).ToArray();
        buffer = input.UnreadSequence.Slice(length);
        return true;
    }

    private static int ContentLength(ReadOnlySpan<byte> header)
    {
        foreach (var range in header.Split("\r\n"u8))
        {
            var line = header[range];
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && Ascii.EqualsIgnoreCase(line[..colon], "Content-Length"u8)
                && Utf8Parser.TryParse(line[(colon + 1)..].TrimStart((byte)' '), out int length, out _)
                && length is >= 0 and <= MaxMessageLength)
            {
                return length;
            }
        }

        throw new InvalidDataException("A message has no usable Content-Length.");
    }
}
