namespace Polly;

public static class HttpResilienceContextExtensions
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage?> Request = new("Resilience.Http.RequestMessage");
    private static readonly ResiliencePropertyKey<long> Started = new("HotDash.Started");

    /// <summary>The request that a strategy's callback is asked about.</summary>
    public static HttpRequestMessage? GetRequestMessage(this ResilienceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Properties.GetValue(Request, null);
    }

    internal static long GetStarted(this ResilienceContext context) => context.Properties.GetValue(Started, 0);

    internal static void Begin(this ResilienceContext context, HttpRequestMessage request, long started)
    {
        context.Properties.Set(Request, request);
        context.Properties.Set(Started, started);
    }
}
