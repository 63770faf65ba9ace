using System.Text.Json.Serialization;

namespace HotDash.Integrations;

/// <summary>What became of one probe. <see cref="NotAsked"/>: one before it failed in a way that concerns the whole integration.</summary>
[JsonConverter(typeof(SnakeCaseConverter<ProbeOutcome>))]
public enum ProbeOutcome { Ok, Failed, NotAsked }

/// <param name="Probe">What was found: <c>Can fetch conversations</c> or <c>Cannot fetch conversations</c>.</param>
/// <param name="Failure">A code of docs/errors.md; null unless it failed.</param>
/// <param name="Happened">What went wrong, in our own words.</param>
/// <param name="ToDo">The one thing to do about it.</param>
public sealed record ProbeResult(
    string Probe, ProbeOutcome Outcome, TimeSpan Duration, string? Failure = null, string? Happened = null, string? ToDo = null);

/// <summary>How an integration was when it was looked at, all probes one after the other.</summary>
public sealed record IntegrationHealth(string Integration, IReadOnlyList<ProbeResult> Probes)
{
    public bool Ok => Probes.All(probe => probe.Outcome is ProbeOutcome.Ok);

    /// <summary>The first one that failed tells most: the others depend on it.</summary>
    public ProbeResult? Problem => Probes.FirstOrDefault(probe => probe.Outcome is ProbeOutcome.Failed);
}
