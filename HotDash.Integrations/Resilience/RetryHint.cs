using System.Globalization;

namespace HotDash.Integrations;

/// <summary>The ways in which providers say when to come back. Null when a reply does not, or says it unreadably.</summary>
internal static class RetryHint
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds or a date.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage reply, DateTimeOffset now) => reply.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => NotNegative(date - now),
        _ => null,
    };

    /// <summary>The moment of the reset in seconds since 1970, such as Publer's, SendGrid's and Intercom's <c>X-RateLimit-Reset</c>.</summary>
    public static TimeSpan? UnixSeconds(HttpResponseMessage reply, string header, DateTimeOffset now) =>
        Number(reply, header) is { } seconds && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? NotNegative(DateTimeOffset.FromUnixTimeSeconds(seconds) - now)
            : null;

    public static long? Number(HttpResponseMessage reply, string header) =>
        reply.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan NotNegative(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
}
