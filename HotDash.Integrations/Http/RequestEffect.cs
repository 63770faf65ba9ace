namespace HotDash.Integrations;

/// <summary>Whether a request may have changed something at the provider.</summary>
internal static class RequestEffect
{
    private static readonly HttpRequestOptionsKey<bool> Sent = new("HotDash.Sent");

    /// <summary>Noted just before the wire: what failed before had no effect.</summary>
    public static void MarkAsSent(this HttpRequestMessage request) => request.Options.Set(Sent, value: true);

    public static bool MayHaveHadEffect(this HttpRequestMessage request) => IsWrite(request) && request.Options.TryGetValue(Sent, out _);

    private static bool IsWrite(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options;
}
