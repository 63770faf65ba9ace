namespace HotDash.Sandbox.Faults;

/// <summary>What goes wrong. Where the effect is done all the same, the caller cannot know it.</summary>
internal enum FaultKind
{
    /// <summary>Answers with the status, body and headers of the rule; nothing is done.</summary>
    Status,

    /// <summary>Waits, then answers as usual.</summary>
    Latency,

    /// <summary>Cuts the connection; nothing is done.</summary>
    Reset,

    /// <summary>Never answers; nothing is done.</summary>
    Timeout,

    /// <summary>Answers with a page for people instead of JSON, as a proxy in between would; nothing is done.</summary>
    Html,

    /// <summary>Does it, then stalls in the middle of the answer.</summary>
    SlowBody,

    /// <summary>Does it, then ends the answer in the middle.</summary>
    TruncatedJson,

    /// <summary>Does it, then answers with JSON of another shape.</summary>
    WrongJson,

    /// <summary>Does it, then cuts the connection before the answer.</summary>
    LostAnswer,
}

/// <summary>A fault, and the calls that it happens to.</summary>
internal sealed record FaultRule
{
    public string? Id { get; init; }

    /// <summary>An integration's key, or <c>*</c>.</summary>
    public string? Provider { get; init; }

    public FaultKind? Kind { get; init; }

    /// <summary>A path below the provider's prefix, where a star stands for anything: <c>/api/v1/posts/*</c>.</summary>
    public string? Route { get; init; }

    public string? Method { get; init; }

    public int? Status { get; init; }

    public string? Body { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>For latency and slow-body: <c>500ms</c>, <c>2s</c>.</summary>
    public string? Delay { get; init; }

    /// <summary>The share of calls, 0 to 1, decided by seeded dice. All of them unless said otherwise.</summary>
    public double? Rate { get; init; }

    /// <summary>How often it happens; without an end unless said.</summary>
    public int? Count { get; init; }

    public double? ForSeconds { get; init; }
}
