using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Whoever sends webhooks: how it signs them, and how it says what they are about.</summary>
internal abstract class WebhookSource(string name)
{
    public string Name => name;

    /// <summary>Those of a sender that makes up itself what it signs with; null for any other.</summary>
    public virtual WebhookSecrets? Learning => null;

    /// <summary>Looks at the bytes as they came, before anything is made of them.</summary>
    public abstract SignatureVerdict Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance);

    /// <summary>Of a body that is signed. Never fails: what cannot be read is of the topic <see cref="WebhookNames.Unreadable"/>.</summary>
    public WebhookSubject Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var delivery = WebhookNames.IsPlain(DeliveryOf(headers)) ? DeliveryOf(headers)! : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body.Span))}";
        try
        {
            using var json = WebhookJson.Parse(body);
            var (topic, resource) = json.RootElement.ValueKind is JsonValueKind.Object ? About(headers, json.RootElement) : (null, null);
            return new(delivery, WebhookNames.OrUnreadable(topic), WebhookNames.OrUnreadable(resource));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: a text in it is no UTF-8
        {
            return new(delivery, WebhookNames.Unreadable, WebhookNames.Unreadable);
        }
    }

    /// <summary>What tells one delivery from another, over all tries to deliver it. Without it, the body has to.</summary>
    protected abstract string? DeliveryOf(IHeaderDictionary headers);

    protected abstract (string? Topic, string? Resource) About(IHeaderDictionary headers, JsonElement body);

    /// <returns>Null unless the header is there exactly once.</returns>
    protected static string? One(IHeaderDictionary headers, string header) => headers[header] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Whether a signed time, in seconds since 1970, is fresh.</summary>
    protected static bool IsFresh(string seconds, DateTimeOffset now, TimeSpan tolerance) =>
        seconds.Length <= 11 && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && (now - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() <= tolerance;

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>What the body says that happened.</summary>
    protected static string? Word(JsonElement body, string name) =>
        body.TryGetProperty(name, out var word) && word.ValueKind is JsonValueKind.String ? word.GetString() : null;

    /// <summary>A member's text or number, however deep.</summary>
    protected static string? Find(JsonElement body, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty(name, out body))
                return null;
        }

        return body.ValueKind switch
        {
            JsonValueKind.String => body.GetString(),
            JsonValueKind.Number => body.GetRawText(),
            _ => null,
        };
    }
}

internal enum SignatureVerdict { Valid, Wrong, TooOld }

/// <summary>What a delivery is about.</summary>
internal sealed record WebhookSubject(string DeliveryId, string Topic, string Resource);
