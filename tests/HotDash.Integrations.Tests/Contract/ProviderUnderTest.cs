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

    /// <summary>One call that reads.</summary>
    public required Func<IServiceProvider, CancellationToken, Task> Read { get; init; }

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
        [.. Settings.Where(setting => setting.Value.Contains(Marker, StringComparison.Ordinal))];

    /// <summary>The setting that replaces the provider's address.</summary>
    public string AddressSetting => $"{Key.ToUpperInvariant().Replace('-', '_')}_BASE_URL";
}

/// <param name="Wait">What it asks for at <see cref="FixedClock.Now"/>; null when it does not say.</param>
public sealed record Throttle(int Status, string Body, (string Name, string Value)[]? Headers = null, TimeSpan? Wait = null);
