using System.Globalization;
using HotDash.Api.Requests;

namespace HotDash.Api.Features.Support;

/// <summary>Chatwoot's ids: numbers, each written in one way.</summary>
internal static class Numbers
{
    /// <param name="what">Of what: "a conversation".</param>
    public static string Number(this FieldErrors errors, string field, string text, string what)
    {
        errors.Require(
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && text[0] != '0', field, $"must be the number of {what}.");
        return text;
    }
}
