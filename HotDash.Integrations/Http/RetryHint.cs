using System.Globalization;

namespace HotDash.Integrations;

/// <summary>How long a provider asks us to wait: <c>Retry-After</c> (seconds or a date), else <c>X-RateLimit-Reset</c> (unix seconds).</summary>
internal static class RetryHint
{
    // A reset that has passed by our clock still needs a pause; a header that asks for a year is a mistake.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Read(HttpResponseMessage reply, DateTimeOffset now)
    {
        var wait = reply.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - now,
            _ => Reset(reply) - now,
        };

        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, Shortest.Ticks, Longest.Ticks)) : null;
    }

    private static DateTimeOffset? Reset(HttpResponseMessage reply) =>
        (int)reply.StatusCode is 429
        && reply.Headers.TryGetValues("X-RateLimit-Reset", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
