using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>What of the stand-in can be changed: <c>Sandbox:Chatwoot:Lag</c> at the start, everything by <c>/_sandbox/settings</c> later.</summary>
internal sealed class ChatwootSettings
{
    private readonly IConfiguration _configuration;

    public ChatwootSettings(IConfiguration configuration)
    {
        _configuration = configuration;
        Reset();
    }

    /// <summary>How long a new message is missing from the list of messages.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Whether webhooks are wrapped as servers answer, or bare as the description says.</summary>
    public bool Wrapped { get; private set; }

    /// <summary>Plays a proxy that drops headers with underscores, as nginx does unless it is told not to.</summary>
    public bool DropsUnderscores { get; private set; }

    /// <summary>What <c>/api</c> reports as failing, while it answers 200: <c>queue</c>, <c>data</c> or nothing.</summary>
    public string? Failing { get; private set; }

    public void Reset() =>
        (Lag, Wrapped, DropsUnderscores, Failing) = (_configuration.Duration("Sandbox:Chatwoot:Lag", "0s"), true, false, null);

    public JsonObject Write() => new()
    {
        ["lag"] = Configured.Write(Lag),
        ["webhookShape"] = Wrapped ? "wrapped" : "bare",
        ["dropsUnderscores"] = DropsUnderscores,
        ["failing"] = Failing,
    };

    public Dictionary<string, string> Change(JsonObject changes)
    {
        var known = changes.ToDictionary(change => change.Key, change => Understand(change.Key, change.Value), StringComparer.Ordinal);
        var errors = known.Where(change => change.Value is null).ToDictionary(
            change => change.Key,
            _ => "Settings are lag (500ms, 2s), webhookShape (wrapped, bare), dropsUnderscores (true, false), failing (queue, data, null).",
            StringComparer.Ordinal);

        if (errors.Count is 0)
        {
            foreach (var change in known.Values)
                change!();
        }

        return errors;
    }

    private Action? Understand(string name, JsonNode? value) => (name, value) switch
    {
        ("lag", JsonValue text) when Text(text) is { } lag && Configured.ParseDuration(lag) is { } duration => () => Lag = duration,
        ("webhookShape", JsonValue text) when Text(text) is "wrapped" or "bare" => () => Wrapped = Text(text) is "wrapped",
        ("dropsUnderscores", JsonValue truth) when truth.TryGetValue<bool>(out var drops) => () => DropsUnderscores = drops,
        ("failing", null) => () => Failing = null,
        ("failing", JsonValue text) when Text(text) is "queue" or "data" => () => Failing = Text(text),
        _ => null,
    };

    private static string? Text(JsonValue value) => value.TryGetValue<string>(out var text) ? text : null;
}
