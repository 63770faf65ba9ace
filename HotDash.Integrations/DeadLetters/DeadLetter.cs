namespace HotDash.Integrations;

/// <summary>A write that could not be delivered, or whose outcome nobody knows. A class: records print their members, and these hold customers' words.</summary>
public sealed class DeadLetter
{
    public required string Integration { get; init; }

    public required string Operation { get; init; }

    public required DeadLetterRequest Request { get; init; }

    /// <summary>Why it failed the last time.</summary>
    public required IntegrationException Failure { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The key under which the provider recognises a repetition.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Who asked for it: a key's name, a job.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether it may have had its effect all the same: to be looked up before it is sent again.</summary>
    public bool OutcomeUnknown { get; init; }
}

/// <summary>What was to be sent. The adapter that wrote it reads it again: credentials are not part of it.</summary>
public sealed class DeadLetterRequest
{
    public required string Method { get; init; }

    /// <summary>Relative to the integration's base address.</summary>
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public ReadOnlyMemory<byte> Body { get; init; }
}
