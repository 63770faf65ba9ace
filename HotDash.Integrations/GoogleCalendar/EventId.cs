using System.Security.Cryptography;
using System.Text;

namespace HotDash.Integrations.GoogleCalendar;

/// <summary>
/// The id that an event gets from us, the same at every try. Google allows base32hex, 5 to 1024 characters of 0-9 and a-v, of which
/// hexadecimal is a part. https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
/// </summary>
public static class EventId
{
    private const int Digits = 40;

    public static string Of(string planId, string itemId) =>
        $"hd{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{planId.Length}:{planId}{itemId}")))[..Digits]}";
}
