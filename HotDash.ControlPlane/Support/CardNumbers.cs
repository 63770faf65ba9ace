using System.Globalization;
using System.Text;

namespace HotDash.ControlPlane.Support;

/// <summary>Finds card numbers (ISO/IEC 7812) within rows of digits: of a length and a beginning that cards have, and with a right check digit.</summary>
internal static class CardNumbers
{
    private const string Placeholder = "[card]";

    /// <summary>The longest first: rather a digit too many than the end of a card number left.</summary>
    private static readonly int[] Lengths = [19, 18, 17, 16, 15, 14, 13];

    /// <param name="row">Digits, with at most one other character between two of them.</param>
    public static string Redact(string row)
    {
        var redacted = new StringBuilder(row.Length);
        for (var at = 0; at < row.Length;)
        {
            var length = StartsGroup(row, at) ? LengthAt(row, at) : 0;
            redacted.Append(length > 0 ? Placeholder : row.AsSpan(at, 1));
            at += Math.Max(length, 1);
        }

        return redacted.ToString();
    }

    /// <returns>How many characters the card number has that begins there; 0 when none does.</returns>
    private static int LengthAt(string row, int at)
    {
        var digits = new List<int>(19);
        var ends = new List<int>(19);
        for (var place = at; place < row.Length && digits.Count < 19; place++)
        {
            if (!char.IsDigit(row[place]))
                continue;

            digits.Add(CharUnicodeInfo.GetDecimalDigitValue(row[place]));
            ends.Add(place + 1);
        }

        var length = Lengths.FirstOrDefault(length => length <= digits.Count && EndsGroup(row, ends[length - 1]) && IsCard(digits.Slice(0, length)));
        return length is 0 ? 0 : ends[length - 1] - at;
    }

    private static bool StartsGroup(string row, int at) => char.IsDigit(row[at]) && (at is 0 || !char.IsDigit(row[at - 1]));

    private static bool EndsGroup(string row, int end) => end == row.Length || !char.IsDigit(row[end]);

    private static bool IsCard(List<int> digits) => HasIssuer(digits) && IsChecked(digits);

    /// <summary>Cards begin with 2 to 6; of 13 digits there are but old ones of Visa, while Shopify's ids have as many.</summary>
    private static bool HasIssuer(List<int> digits) => digits.Count is 13 ? digits[0] is 4 : digits[0] is >= 2 and <= 6;

    /// <summary>https://en.wikipedia.org/wiki/Luhn_algorithm</summary>
    private static bool IsChecked(List<int> digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Count; place++)
        {
            var digit = digits[^(place + 1)] * (1 + (place % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 is 0;
    }
}
