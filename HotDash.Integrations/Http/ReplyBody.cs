namespace HotDash.Integrations;

/// <summary>The body of a reply that the layers have read already.</summary>
internal static class ReplyBody
{
    /// <summary>The bytes as they came, without a copy where that is possible. Stays valid as long as the reply.</summary>
    public static ReadOnlyMemory<byte> Of(HttpResponseMessage reply)
    {
        var body = reply.Content.ReadAsStream();
        if (body is MemoryStream buffered && buffered.TryGetBuffer(out var bytes))
            return bytes;

        var copy = new MemoryStream();
        body.CopyTo(copy);
        body.Position = 0;
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
