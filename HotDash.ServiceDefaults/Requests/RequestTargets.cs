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
    public static bool HasReadableTarget(this HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        return !target.AsSpan().ContainsAnyExcept(Plain) || IsText(Encoding.UTF8.GetBytes(target));
    }

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
