using System.Globalization;

namespace HotDash.Sandbox.Publer;

/// <summary>So many requests per window and user, in fixed windows that begin with their first request.</summary>
internal sealed class PublerLimit(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly (int Requests, TimeSpan Window) _limit = configuration.Limit("publer", "100/2m");
    private DateTimeOffset _ends;
    private int _used;

    /// <returns>Whether this request is within the limit. The headers say how matters stand either way.</returns>
    public bool TryTake(IHeaderDictionary headers)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _ends)
                (_ends, _used) = (now + _limit.Window, 0);

            var within = _used < _limit.Requests;
            if (within)
                _used++;

            headers["X-RateLimit-Limit"] = Number(_limit.Requests);
            headers["X-RateLimit-Remaining"] = Number(_limit.Requests - _used);
            // Whole seconds, rounded up: who waits until then must not come too early.
            headers["X-RateLimit-Reset"] = Number((long)Math.Ceiling((_ends - DateTimeOffset.UnixEpoch).TotalSeconds));
            return within;
        }
    }

    public void Reset()
    {
        lock (_gate)
            _ends = default;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
