using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Api.Requests;

internal static partial class Times
{
    /// <summary>Nothing, or an RFC 3339 time; one without a zone is refused rather than guessed.</summary>
    public static DateTimeOffset? Time(this FieldErrors errors, string field, string? value)
    {
        if (value is null)
            return null;

        if (Rfc3339().IsMatch(value)
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUniversalTime();

        errors.Add(field, "must be a time with its zone, such as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00.");
        return null;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, 1000)]
    private static partial Regex Rfc3339();
}
