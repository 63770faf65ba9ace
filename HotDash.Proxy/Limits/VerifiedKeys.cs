using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Proxy.Limits;

/// <summary>
/// The API keys that the api has accepted in the last minute, so that a key is limited without the proxy asking the store.
/// Only the hash of a token is kept, and only tokens the api vouched for: inventing tokens costs an attacker's own address
/// limit and no memory here.
/// </summary>
internal sealed class VerifiedKeys(TimeProvider clock)
{
    public const string Header = Headers.HeaderRules.InternalPrefix + "Key-Id";
    public const int Capacity = 10_000;

    private const string Scheme = "Bearer ";
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(UInt128, UInt128), Entry> _keys = new();

    public Guid? Find(HttpContext context) =>
        HashOf(context.Request) is { } hash && _keys.TryGetValue(hash, out var entry) && entry.Until > clock.GetTimestamp()
            ? entry.Key
            : null;

    /// <summary>Remembers the key that the api named in its answer to this request.</summary>
    public void Learn(HttpContext context)
    {
        if (!Guid.TryParse(context.Response.Headers[Header], out var key) || HashOf(context.Request) is not { } hash)
            return;

        if (_keys.Count >= Capacity)
            Forget();

        if (_keys.Count < Capacity)
            _keys[hash] = new(key, clock.GetTimestamp() + (long)(Remembered.TotalSeconds * clock.TimestampFrequency));
    }

    private void Forget()
    {
        var now = clock.GetTimestamp();

        foreach (var (hash, entry) in _keys)
            if (entry.Until <= now)
                _keys.TryRemove(hash, out _);
    }

    private static (UInt128, UInt128)? HashOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(value, Scheme.Length, value.Length - Scheme.Length), hash);

        return MemoryMarshal.Read<(UInt128, UInt128)>(hash);
    }

    private sealed record Entry(Guid Key, long Until);
}
