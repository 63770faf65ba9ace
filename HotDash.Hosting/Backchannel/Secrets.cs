using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// The values of the secret parameters, and other keys. What the CLI prints is copied into tickets and chats, so environment variables that contain one
/// are told without it; the dashboard, which masks them until asked, shows them whole.
/// </summary>
internal sealed class Secrets(IEnumerable<ResourceEvent> resources, params string[] keys)
{
    private readonly string[] _values =
    [
        .. resources
            .Where(e => e.Snapshot.ResourceType == KnownResourceTypes.Parameter)
            .SelectMany(e => e.Snapshot.Properties)
            .Where(p => p.IsSensitive)
            .Select(p => p.Value)
            .OfType<string>()
            .Concat(keys)
            .Where(value => value.Length > 0),
    ];

    public string? Hide(string? value) => _values.Aggregate(value, (text, secret) => text?.Replace(secret, "***", StringComparison.Ordinal));
}
