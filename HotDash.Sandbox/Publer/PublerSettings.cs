using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Publer;

/// <summary>How failures of a job are listed: Publer's sources show all three.</summary>
internal enum FailureShape { Array, Object, Lists }

/// <summary>What of the stand-in can be changed: <c>Sandbox:Publer:*</c> at the start, <c>/_sandbox/settings</c> later.</summary>
internal sealed class PublerSettings
{
    private readonly IConfiguration _configuration;

    public PublerSettings(IConfiguration configuration)
    {
        _configuration = configuration;
        Reset();
    }

    /// <summary>How long a submission stays <c>working</c>.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Whether replies are wrapped as the OpenAPI file says, or flat as Publer's pages say.</summary>
    public bool Wrapped { get; private set; }

    public FailureShape Failures { get; private set; }

    /// <summary>Why posts fail, by account id.</summary>
    public IReadOnlyDictionary<string, string> FailAccounts { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public void Reset()
    {
        Lag = _configuration.Duration("Sandbox:Publer:Lag", "1s");
        Wrapped = string.Equals(_configuration["Sandbox:Publer:ReplyShape"], "wrapped", StringComparison.OrdinalIgnoreCase);
        Failures = FailureShape.Array;
        FailAccounts = new Dictionary<string, string>(StringComparer.Ordinal);
    }

    public JsonObject Write() => new()
    {
        ["lag"] = Configured.Write(Lag),
        ["replyShape"] = Wrapped ? "wrapped" : "flat",
        ["failureShape"] = JsonNamingPolicy.CamelCase.ConvertName(Failures.ToString()),
        ["failAccounts"] = new JsonObject(FailAccounts.Select(account => KeyValuePair.Create(account.Key, (JsonNode?)account.Value))),
    };

    public Dictionary<string, string> Change(JsonObject changes)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var apply = new List<Action>();
        foreach (var (name, value) in changes)
        {
            if (Understand(name, value) is { } change)
                apply.Add(change);
            else
                errors[name] = "Settings are lag (500ms, 2s), replyShape (flat, wrapped), failureShape (array, object, lists), failAccounts ({id: why}).";
        }

        if (errors.Count is 0)
            apply.ForEach(change => change());

        return errors;
    }

    private Action? Understand(string name, JsonNode? value) => (name, value) switch
    {
        ("lag", JsonValue text) when Text(text) is { } lag && Configured.ParseDuration(lag) is { } duration => () => Lag = duration,
        ("replyShape", JsonValue text) when Text(text) is "flat" or "wrapped" => () => Wrapped = Text(text) is "wrapped",
        ("failureShape", JsonValue text) when Enum.TryParse<FailureShape>(Text(text), ignoreCase: true, out var shape) => () => Failures = shape,
        ("failAccounts", JsonObject accounts) when accounts.All(account => account.Value is JsonValue why && Text(why) is not null) =>
            () => FailAccounts = accounts.ToDictionary(account => account.Key, account => account.Value!.GetValue<string>(), StringComparer.Ordinal),
        _ => null,
    };

    private static string? Text(JsonValue value) => value.TryGetValue<string>(out var text) ? text : null;
}
