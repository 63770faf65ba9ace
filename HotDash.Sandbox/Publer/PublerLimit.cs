using System.Globalization;

namespace HotDash.Sandbox.Publer;

/// <summary>So many requests per window and user, in fixed windows that begin with their first request.</summary>
internal sealed class PublerLimit(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly (int Requests, TimeSpan Window) limit = configuration.Limit("publer", "100/2m");
    private DateTimeOffset ends;
    private int used;

    /// <returns>Whether this request is within the limit. The headers say how matters stand either way.</returns>
    public bool TryTake(IHeaderDictionary headers)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= ends)
                (ends, used) = (now + limit.Window, 0);

            var within = used < limit.Requests;
            if (within)
                used++;

            headers["X-RateLimit-Limit"] = Number(limit.Requests);
            headers["X-RateLimit-Remaining"] = Number(limit.Requests - used);
            // Whole seconds, rounded up: who waits until then must not come too early.
            headers["X-RateLimit-Reset"] = Number((long)Math.Ceiling((ends - DateTimeOffset.UnixEpoch).TotalSeconds));
            return within;
        }
    }

    public void Reset()
    {
        lock (gate)
            ends = default;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
