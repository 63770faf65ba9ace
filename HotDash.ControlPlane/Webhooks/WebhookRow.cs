using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>An event as it is to be stored.</summary>
internal sealed class WebhookRow
{
    /// <summary>Events are handled side by side in so many lanes; those of one resource are always in the same.</summary>
    public const int Lanes = 16;

    public required Guid Id { get; init; }

    public required string Source { get; init; }

    public required WebhookSubject Subject { get; init; }

    public required int Bytes { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>Read from the provider, not told by it.</summary>
    public bool Backfilled { get; init; }

    public short Lane => LaneOf(Source, Subject.Resource);

    public static short LaneOf(string source, string resource) => (short)(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}/{resource}"))[0] % Lanes);
}
