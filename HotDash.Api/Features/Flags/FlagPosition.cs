using System.Buffers.Text;
using System.Text;

namespace HotDash.Api.Features.Flags;

/// <summary>The last flag of a page.</summary>
internal sealed record FlagPosition(string Name)
{
    public static FlagPosition? TryParse(string text) =>
        Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) is { Length: > 0 } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_')
            ? new(name)
            : null;

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Name));
}
