namespace HotDash.Integrations;

/// <summary>Keeps writes that could not be delivered, for replay.</summary>
public interface IDeadLetterSink
{
    /// <returns>The id under which a person finds it.</returns>
    Task<Guid> KeepAsync(DeadLetter letter, CancellationToken ct);
}
