using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HotDash.ServiceDefaults.Requests;

public static class RequestTargets
{
    /// <summary>What stands for itself in an address: printable ASCII but the percent sign.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(c => (char)c).Where(c => c != '%')]);

    /// <summary>
    /// Whether the path and the query, decoded, are UTF-8 without control characters. The framework keeps escapes that are not UTF-8 as
    /// they are, so that two readers of one request may see two addresses.
    /// </summary>
    public static bool HasReadableTarget(this HttpContext context) => IsText(Target(context));

    /// <returns>The name of the query's parameter that is not readable, <c>address</c> if it is another part, or null if there is none.</returns>
    public static string? FindUnreadable(this HttpContext context)
    {
        if (context.HasReadableTarget())
            return null;

        var target = Target(context).Split('?', 2);
        var name = target is [_, var query] ? Array.Find(query.Split('&'), pair => !IsText(pair))?.Split('=')[0] : null;
        return IsText(target[0]) && name is { Length: > 0 } && IsText(name) ? Uri.UnescapeDataString(name) : "address";
    }

    private static string Target(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static bool IsText(string target) => !target.AsSpan().ContainsAnyExcept(Plain) || IsText(Encoding.UTF8.GetBytes(target));

    private static bool IsText(Span<byte> target)
    {
        var length = Decode(target);

        return Utf8.IsValid(target[..length]) && !target[..length].ContainsAnyInRange<byte>(0, 0x1f) && !target[..length].Contains<byte>(0x7f);
    }

    /// <summary>In place. What is no escape is left as it is.</summary>
    private static int Decode(Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < target.Length; i++, length++)
        {
            target[length] = target[i];
            if (target[i] is (byte)'%' && i + 2 < target.Length && char.IsAsciiHexDigit((char)target[i + 1]) && char.IsAsciiHexDigit((char)target[i + 2]))
            {
                target[length] = Convert.FromHexString([(char)target[i + 1], (char)target[i + 2]])[0];
                i += 2;
            }
        }

        return length;
    }
}
