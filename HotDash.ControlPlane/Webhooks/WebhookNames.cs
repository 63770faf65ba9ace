using System.Text.RegularExpressions;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Names from outside that are stored, listed and looked for.</summary>
internal static partial class WebhookNames
{
    /// <summary>The topic of what is signed, but is not what its sender sends.</summary>
    public const string Unreadable = "unreadable";

    public static bool IsPlain(string? name) => name is not null && Plain().IsMatch(name);

    public static string OrUnreadable(string? name) => IsPlain(name) ? name! : Unreadable;

    [GeneratedRegex(@"\A[A-Za-z0-9_./:-]{1,100}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();
}
