namespace HotDash.Integrations;

internal static class RequestKind
{
    /// <summary>Whether the request may change something at the provider.</summary>
    public static bool IsWrite(this HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options;
}
