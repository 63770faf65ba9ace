using System.Globalization;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.Integrations;

/// <summary>Reads settings by the names that DESIGN gives them, and says by name which of them cannot be read.</summary>
internal sealed class IntegrationSettings(IConfiguration configuration)
{
    private const string Truths = "true, 1, on, yes, false, 0, off or no";

    /// <summary>The names that were asked for as a flag.</summary>
    public IReadOnlyList<string> Flags { get; private set; } = [];

    /// <summary>The first of the names that is set decides; if none is, <c>Integrations:Mode</c> does.</summary>
    public bool Flag(params ReadOnlySpan<string> names)
    {
        Flags = [.. names];
        foreach (var name in names)
        {
            if (configuration[name] is { } text)
                return Truth(name, text);
        }

        return LiveByDefault();
    }

    /// <returns>False when it is not set.</returns>
    public bool Truth(string name) => configuration[name] is { } text && Truth(name, text);

    public string? Text(string name) => configuration[name]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A key or an id that will travel in a header.</summary>
    public string? Credential(string name) => Text(name) is not { } text || text.All(letter => letter is > ' ' and <= '~')
        ? Text(name)
        : throw Refuse(name, "must be printable ASCII without spaces");

    /// <summary>The address, ending with a slash so that relative paths are added to it.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
            return null;

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" }
                ? address
                : throw Refuse(name, "must be an http or https address without a query, a fragment or a user name");
    }

    public RateLimit? Limit(string key, RateLimit? otherwise)
    {
        var name = $"Integrations:Limits:{key}";
        if (Text(name) is not { } text)
            return otherwise;

        return RateLimit.Parse(text) ?? throw Refuse(name, "must be requests per time, such as 100/2m");
    }

    public TimeSpan Time(string name, TimeSpan otherwise) => Text(name) is not { } text ? otherwise
        : Duration.TryParse(text, out var time) ? time
        : throw Refuse(name, "must be a time such as 500ms or 10s");

    /// <param name="atLeast">The bounds hold for what the code says, too.</param>
    public double Number(string name, double otherwise, double atLeast, double atMost) =>
        (Text(name) is not { } text ? otherwise
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
            : double.NaN) is var value && value >= atLeast && value <= atMost
                ? value
                : throw Refuse(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {atLeast} to {atMost}"));

    public int Count(string name, int otherwise, int atLeast, int atMost) =>
        Number(name, otherwise, atLeast, atMost) is var number && double.IsInteger(number)
            ? (int)number
            : throw Refuse(name, "must be a whole number");

    public bool LiveByDefault() => Text("Integrations:Mode")?.ToUpperInvariant() switch
    {
        null or "MOCK" => false,
        "SANDBOX" or "LIVE" => true,
        _ => throw Refuse("Integrations:Mode", "must be sandbox, mock or live"),
    };

    private static bool Truth(string name, string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" or "ON" or "YES" => true,
        "FALSE" or "0" or "OFF" or "NO" or "" => false,
        _ => throw Refuse(name, $"must be {Truths}"),
    };

    // The value is not repeated: someone may have put a key where it does not belong.
    public static OptionsValidationException Refuse(string name, string rule) =>
        new(name, typeof(IntegrationOptions), [$"{name} {rule}."]);
}
