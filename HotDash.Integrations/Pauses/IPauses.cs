namespace HotDash.Integrations;

/// <summary>Says whether an integration may be called now, and learns from how its calls end.</summary>
public interface IPauses
{
    /// <summary>Asked before every call; a synchronous completion is the normal case.</summary>
    /// <param name="mayProbe">Whether the call would be sent. While an integration is paused, one goes through now and then, to see.</param>
    /// <returns>Null when the call may go.</returns>
    ValueTask<Pause?> CheckAsync(string integration, bool mayProbe, CancellationToken ct);

    /// <summary>Never blocks and never throws.</summary>
    void Record(string integration, OutcomeKind kind);
}

/// <summary>Why an integration is not called, and how long until it makes sense to ask again.</summary>
public sealed record Pause(string Reason, TimeSpan RetryAfter);

/// <summary>The integration is paused, since most of its calls failed or since somebody said so. The call was not sent.</summary>
public sealed class IntegrationPausedException(string integration, Pause pause)
    : IntegrationException(
        integration, IntegrationCodes.IntegrationPaused, pause.Reason, retryable: true, pause.RetryAfter,
        scope: FailureScope.Integration)
{
    public override bool Deferred => true;
}

/// <summary>Stands in where nobody pauses anything.</summary>
internal sealed class NoPauses : IPauses
{
    public ValueTask<Pause?> CheckAsync(string integration, bool mayProbe, CancellationToken ct) => new((Pause?)null);

    public void Record(string integration, OutcomeKind kind)
    {
    }
}
