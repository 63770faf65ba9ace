namespace HotDash.Integrations;

/// <summary>What the layers need to know about one request, and what they found out. Travels with it.</summary>
internal sealed class ProviderCall(HttpRequestMessage request)
{
    private static readonly HttpRequestOptionsKey<ProviderCall> Key = new("HotDash.Call");

    private static readonly Operation Unknown = Operation.WritesOnce("unknown", "nowhere");

    public HttpRequestMessage Request { get; } = request;

    /// <summary>What it is part of. Until a client has said so, the worst is assumed.</summary>
    public Operation Operation { get; set; } = Unknown;

    /// <summary>Tokens of the provider's limit that it needs.</summary>
    public int Cost { get; set; } = 1;

    /// <summary>Whether it only looks how the provider is.</summary>
    public bool ForHealth { get; set; }

    /// <summary>Set just before the wire: what failed before had no effect.</summary>
    public bool Sent { get; set; }

    /// <summary>What the last reply meant.</summary>
    public ReplyReading Reading { get; set; }

    public int Attempts { get; set; }

    /// <summary>Goes on with a list of which other calls have brought a part.</summary>
    public bool Continues { get; set; }

    public static ProviderCall Of(HttpRequestMessage request)
    {
        if (!request.Options.TryGetValue(Key, out var call))
            request.Options.Set(Key, call = new(request));

        return call;
    }
}

/// <summary>What a client says about its requests, besides method, path and body.</summary>
internal static class RequestTraits
{
    /// <summary>
    /// The next page of a list that is worth nothing without it: tried several times also where calls are tried once, since a list of many
    /// pages would fail far more often than each of them.
    /// </summary>
    public static HttpRequestMessage Continues(this HttpRequestMessage request, bool when)
    {
        ProviderCall.Of(request).Continues = when;
        return request;
    }

    /// <summary>Needs so many tokens of the limit, where the provider counts points instead of requests.</summary>
    public static HttpRequestMessage Costs(this HttpRequestMessage request, int tokens)
    {
        ProviderCall.Of(request).Cost = tokens;
        return request;
    }

    public static bool MayHaveHadEffect(this HttpRequestMessage request) => ProviderCall.Of(request) is { Sent: true, Operation.OnlyReads: false };
}
