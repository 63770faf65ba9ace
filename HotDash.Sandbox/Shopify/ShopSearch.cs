using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HotDash.Sandbox.Shopify;

/// <summary>Terms beside each other, all of which must hold. https://shopify.dev/docs/api/usage/search-syntax</summary>
internal static partial class ShopSearch
{
    public static IEnumerable<JsonObject> Matching(IEnumerable<JsonObject> things, string? search)
    {
        var terms = Term().Matches(search ?? "").Select(term => (
            Field: term.Groups["field"].Value, Comparison: term.Groups["comparison"].Value, Value: Unquoted(term.Groups["value"].Value))).ToList();

        return things.Where(thing => terms.TrueForAll(term => Holds(thing, term.Field, term.Comparison, term.Value)));
    }

    private static bool Holds(JsonObject thing, string field, string comparison, string value) => field switch
    {
        "" => Contains(thing["title"], value) || Contains(thing["name"], value) || Contains(thing["vendor"], value),
        "status" when thing["__typename"]!.GetValue<string>() is "Order" => value switch
        {
            "cancelled" => thing["cancelledAt"] is not null,
            "closed" => thing["closedAt"] is not null,
            "open" => thing["cancelledAt"] is null && thing["closedAt"] is null,
            _ => true,
        },
        "status" => Is(thing["status"], value),
        "financial_status" => Is(thing["displayFinancialStatus"], value),
        "fulfillment_status" => Is(thing["displayFulfillmentStatus"], value is "partial" ? "partially_fulfilled" : value),
        "sku" => Is(thing["sku"], value),
        "created_at" or "updated_at" => Compare(thing[field is "created_at" ? "createdAt" : "updatedAt"]!.GetValue<string>(), comparison, value),
        _ => true, // Shopify passes over what it does not know
    };

    private static bool Compare(string time, string comparison, string value)
    {
        var order = Time(time).CompareTo(Time(value));
        return comparison switch { ">=" => order >= 0, "<=" => order <= 0, ">" => order > 0, "<" => order < 0, _ => order is 0 };
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static bool Is(JsonNode? value, string text) => string.Equals(value?.GetValue<string>(), text, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(JsonNode? value, string text) => value?.GetValue<string>().Contains(text, StringComparison.OrdinalIgnoreCase) is true;

    private static string Unquoted(string value) => value is ['\'' or '"', .. var inner, _] ? Escape().Replace(inner, "${letter}") : value;

    [GeneratedRegex("""(?:(?<field>[a-z_]+):(?<comparison>>=|<=|>|<)?)?(?<value>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s'"]+)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Term();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
