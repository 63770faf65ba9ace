using System.Runtime.InteropServices;

namespace HotDash.Integrations;

/// <summary>Reads one reply, whose body is in memory. Runs for every reply: look at the status first.</summary>
public delegate ReplyReading ReplyReader(HttpResponseMessage reply, DateTimeOffset now);

/// <summary>What a reply means. Most providers say it by status and Retry-After; for the others, an integration sets its own reader.</summary>
/// <param name="Status">The HTTP status that says it: 429 for a throttled call, whatever the provider's own status was.</param>
/// <param name="Wait">How long the provider asks us to wait.</param>
/// <param name="Budget">What the provider says is left of its limit.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReplyReading(int Status, TimeSpan? Wait = null, BudgetReading? Budget = null)
{
    /// <summary>The status as it is; the wait of <c>Retry-After</c> or, after a 429, of <c>X-RateLimit-Reset</c> (unix seconds).</summary>
    public static ReplyReading Standard(HttpResponseMessage reply, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var status = (int)reply.StatusCode;

        return new(status, status < 400 ? null : RetryHint.RetryAfter(reply, now) ?? (status is 429 ? RetryHint.UnixSeconds(reply, "X-RateLimit-Reset", now) : null));
    }
}
