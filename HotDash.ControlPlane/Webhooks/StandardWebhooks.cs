using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</summary>
internal sealed class StandardWebhooks(string name, WebhookSecrets secrets) : WebhookSource(name)
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

    private bool Signed(string text, byte[] prefix, ReadOnlySpan<byte> body)
    {
        var signature = new byte[32];
        return text is ['v', '1', ',', .. { Length: 44 } base64]
               && Convert.TryFromBase64String(base64, signature, out var length) && length == signature.Length
               && secrets.Signed(signature, prefix, body);
    }
}
