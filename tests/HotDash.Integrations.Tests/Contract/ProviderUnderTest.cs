using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>What the suite has to know about a provider.</summary>
public sealed class ProviderUnderTest
{
    public const string Marker = "canary-";

    public required string Key { get; init; }

    /// <summary>What its calls need beyond the stub that stands for the provider.</summary>
    public Action<IServiceCollection> Prepare { get; init; } = _ => { };

    /// <summary>Whatever makes it live, by the names of the environment. A value with <see cref="Marker"/> in it must never be seen.</summary>
    public required (string Name, string Value)[] Settings { get; init; }

    /// <summary>Names of settings whose values must never be seen either, though their form leaves no room for the marker.</summary>
    public string[] Unmarked { get; init; } = [];

    /// <summary>One call that reads; null when the provider is only written to.</summary>
    public Func<IServiceProvider, CancellationToken, Task>? Read { get; init; }

    /// <summary>One call that writes; null when the provider is only read.</summary>
    public Func<IServiceProvider, CancellationToken, Task>? Write { get; init; }

    /// <summary>How often a read is sent before it fails.</summary>
    public int ReadAttempts { get; init; } = 3;

    /// <summary>Whether the write is safe to be repeated (decision 5).</summary>
    public bool WriteMayBeRepeated { get; init; }

    /// <summary>Whether the write is content with any 2xx.</summary>
    public bool WriteIgnoresReply { get; init; }

    /// <summary>Bodies of the suite's broken replies that this provider may send: <c>{}</c> where an empty answer looks like that.</summary>
    public string[] LegalReplies { get; init; } = [];

    /// <summary>The provider's own way to say "too many requests".</summary>
    public Throttle Throttled { get; init; } = new(429, "{}");

    /// <summary>Cells of the fault matrix in which this provider differs: the fault (<c>write: …</c> for writes alone) and its outcome.</summary>
    public IReadOnlyDictionary<string, string> Differs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public (string Name, string Value)[] Secrets =>
        [.. Settings.Where(setting => setting.Value.Contains(Marker, StringComparison.Ordinal) || Unmarked.Contains(setting.Name, StringComparer.Ordinal))];

    /// <summary>The setting that names the provider's address, for the tests that put another one there.</summary>
    public string AddressSetting { get => field ?? $"{Key.ToUpperInvariant().Replace('-', '_')}_BASE_URL"; init; }

    /// <summary>The read and then the write, as far as the provider has them.</summary>
    public IReadOnlyList<ProviderCall> Calls =>
    [
        .. Read is { } read ? [new("read", read, Writes: false, MayBeRepeated: true, IgnoresReply: false)] : Array.Empty<ProviderCall>(),
        .. Write is { } write ? [new("write", write, Writes: true, WriteMayBeRepeated, WriteIgnoresReply)] : Array.Empty<ProviderCall>(),
    ];
}

/// <summary>One call to a provider.</summary>
/// <param name="IgnoresReply">Whether it is content with any 2xx.</param>
public sealed record ProviderCall(string Name, Func<IServiceProvider, CancellationToken, Task> Run, bool Writes, bool MayBeRepeated, bool IgnoresReply);

/// <param name="Wait">What it asks for at <see cref="FixedClock.Now"/>; null when it does not say.</param>
public sealed record Throttle(int Status, string Body, (string Name, string Value)[]? Headers = null, TimeSpan? Wait = null);
