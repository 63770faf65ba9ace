using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</summary>
internal sealed class StandardWebhooks(string name, WebhookSecrets secrets, IReadOnlyList<Ed25519Key> keys) : WebhookSource(name)
{
    /// <summary>During a rotation a sender signs with some secrets, not with any number of them.</summary>
    private const int MaxSignatures = 8;

    public override SignatureVerdict Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        if (One(headers, "webhook-id") is not { } id || One(headers, "webhook-timestamp") is not { } time || One(headers, "webhook-signature") is not { } all)
            return SignatureVerdict.Wrong;

        var signatures = all.Split(' ', MaxSignatures + 1);
        var prefix = Bytes($"{id}.{time}.");
        var signed = false;
        foreach (var signature in signatures.Take(MaxSignatures))
            signed |= Signed(signature, prefix, body);

        return !signed ? SignatureVerdict.Wrong : IsFresh(time, now, tolerance) ? SignatureVerdict.Valid : SignatureVerdict.TooOld;
    }

    protected override string? DeliveryOf(IHeaderDictionary headers) => One(headers, "webhook-id");

    /// <summary>What it is about is up to the sender; an id in its data is what most of them have.</summary>
    protected override (string? Topic, string? Resource) About(IHeaderDictionary headers, JsonElement body)
    {
        var topic = Word(body, "type");
        return (topic, $"{topic?.Split('.')[0]}/{Find(body, "data", "id") ?? "all"}");
    }

    private bool Signed(string signature, byte[] prefix, ReadOnlySpan<byte> body) => signature.Split(',', 2) switch
    {
        ["v1", var mac] => Decode(mac, HMACSHA256.HashSizeInBytes) is { } bytes && secrets.Signed(bytes, prefix, body),
        ["v1a", var made] => Decode(made, Ed25519Key.SignatureLength) is { } bytes && SignedWithKey(bytes, prefix, body),
        _ => false,
    };

    private bool SignedWithKey(byte[] signature, byte[] prefix, ReadOnlySpan<byte> body)
    {
        foreach (var key in keys)
        {
            if (key.Signed(signature, prefix, body))
                return true;
        }

        return false;
    }

    /// <returns>Null unless it is exactly as long as this.</returns>
    private static byte[]? Decode(string base64, int length)
    {
        var bytes = new byte[length];
        return base64.Length == (length + 2) / 3 * 4 && Convert.TryFromBase64String(base64, bytes, out var written) && written == length ? bytes : null;
    }
}
