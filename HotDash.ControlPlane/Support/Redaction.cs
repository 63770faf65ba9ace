using System.Text.RegularExpressions;

namespace HotDash.ControlPlane.Support;

/// <summary>
/// Takes e-mail addresses, card numbers and phone numbers out of a text. A number is taken for a phone number by its form, or by what stands before
/// it; dates, prices, and what is called an order, an invoice or the like stay.
/// </summary>
public static partial class Redaction
{
    /// <summary>Each takes time in proportion to the text; this is for a case that nobody thought of, which must end.</summary>
    private const int MostMilliseconds = 10_000;

    /// <summary>What may stand between two digits of a phone number.</summary>
    private const string Gap = @"[ \u00a0\u202f.\-–/()]{0,3}";

    private const string LocalPart = @"[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]";
    private const string DomainLabel = @"[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?";
    private const string Date = @"\d{4}-\d{1,2}-\d{1,2}(?![-\d])|\d{1,2}(?<sep>[./-])\d{1,2}\k<sep>\d{2,4}(?!\k<sep>?\d)";
    private const string Amount = @"(?<!\d)\d+(?:[.,' ]\d{3}(?![\d-]))*(?:[.,]\d{1,2})?(?![\d-])";
    private const string Before = @"(?<![\p{L}\p{N}.,/@-])";
    private const string After = @"(?![\p{L}\p{N}]|-\d)";

    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var withoutCards = Digits().Replace(EmailAddress().Replace(text, "[e-mail]"), match => CardNumbers.Redact(match.Value));

        return Numbers().Replace(withoutCards, match => match.Groups["phone"].Success ? $"{match.Groups["word"].Value}[phone]" : match.Value);
    }

    [GeneratedRegex($@"(?<!{LocalPart}){LocalPart}{{1,64}}@(?:{DomainLabel}\.)+{DomainLabel}", RegexOptions.None, MostMilliseconds)]
    private static partial Regex EmailAddress();

    /// <summary>At least 13 digits with one blank, dot or dash between them at most.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}+])\d(?:[ \u00a0\u202f.\-–]?\d){12,}(?![\p{L}\p{N}])", RegexOptions.None, MostMilliseconds)]
    private static partial Regex Digits();

    /// <summary>What looks like a phone number but is none stands first, so that the other alternatives never see it.</summary>
    [GeneratedRegex(
        $$"""
        (?<!\d)(?:{{Date}}) | (?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])
        | [$€£¥][ ]?{{Amount}} | {{Amount}}[ ]?(?:[$€£¥%]|(?:eur|usd|gbp|chf|kr|zł)\b)
        | (?:[\#№] | \b(?:orders?|bestell\w*|commande|invoices?|rechnung\w*|facture|tracking|parcel|sendung\w*|paket\w*|shipment|ref|reference|sku|article|artikel\w*|ticket|case|iban|code)\b
            (?:[ ](?:numbers?|nummer|num[ée]ro|no|nr|id|code|is|ist)\b)*) [.:\#№ ]* (?:[a-z]+[ -]?)?\d(?:[.\-/]?\d)*
        | (?<word>\b(?:tel|telefon|t[ée]l[ée]phone|phone|mobile?|cell|handy|portable|fax|whats-?app|sms|call|wa\.me)\b(?:[ ](?:me|us|is|number|no|nr|nummer|at|on|under|unter|ist)\b)*[ .:/]*)
          (?!{{Date}})(?<phone>[+(]?\d(?:{{Gap}}\d){5,14})(?!\d)
        | {{Before}}(?<phone>(?:\+[ ]?|00)[1-9](?:{{Gap}}\d){6,14})(?!\d)
        | {{Before}}(?<phone>\(0?\d{2,4}\)[ .\-/]{0,3}\d(?:[ .\-/]?\d){4,9})(?!\d)
        | {{Before}}(?<phone>0[1-9](?:[ .\-/]?\d){6,10}){{After}}
        | {{Before}}(?<phone>(?:1[ .-])?[2-9]\d\d[ .-]\d\d\d[ .-]\d{4}){{After}}
        | {{Before}}(?<phone>\d\d(?:[ .]\d\d){3,4}|[679]\d\d[ ]\d\d\d[ ]\d\d\d){{After}}
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, MostMilliseconds)]
    private static partial Regex Numbers();
}
