namespace HotDash.Integrations;

/// <summary>What the layers need to know about one request, and what they found out. Travels with it.</summary>
internal sealed class ProviderCall(HttpRequestMessage request)
{
    private static readonly HttpRequestOptionsKey<ProviderCall> Key = new("HotDash.Call");

    public HttpRequestMessage Request { get; } = request;

    /// <summary>Kebab-case, constant per method of a client.</summary>
    public string Operation { get; set; } = "";

    /// <summary>Tokens of the provider's limit that it needs.</summary>
    public int Cost { get; set; } = 1;

    /// <summary>Whether it may have its effect twice without harm; null when only its method tells.</summary>
    public bool? MayBeRepeated { get; set; }

    /// <summary>Whether it only looks how the provider is.</summary>
    public bool ForHealth { get; set; }

    /// <summary>Set just before the wire: what failed before had no effect.</summary>
    public bool Sent { get; set; }

    /// <summary>What the last reply meant.</summary>
    public ReplyReading Reading { get; set; }

    public int Attempts { get; set; }

    /// <summary>Goes on with a list of which other calls have brought a part.</summary>
    public bool Continues { get; set; }

    /// <summary>Whatever its method, it changes nothing at the provider.</summary>
    public bool OnlyReads { get; set; }

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
    /// <summary>Having its effect twice does no harm: it carries an idempotency key, or writes the same row again (decision 5).</summary>
    public static HttpRequestMessage MayBeRepeated(this HttpRequestMessage request)
    {
        ProviderCall.Of(request).MayBeRepeated = true;
        return request;
    }

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

    /// <summary>A POST that changes nothing, such as a query in a body.</summary>
    public static HttpRequestMessage OnlyReads(this HttpRequestMessage request)
    {
        ProviderCall.Of(request).OnlyReads = true;
        return request.MayBeRepeated();
    }

    public static bool MayHaveHadEffect(this HttpRequestMessage request) =>
        ProviderCall.Of(request) is { Sent: true, OnlyReads: false }
        && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options;
}
