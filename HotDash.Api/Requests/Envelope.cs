using HotDash.ControlPlane.Reads;

namespace HotDash.Api.Requests;

/// <summary>What every answer that came from a provider is wrapped in.</summary>
/// <param name="Source">Where the data came from: a provider such as <c>supabase</c>, <c>snapshot</c> or <c>mock</c>.</param>
/// <param name="Warnings">Why the data is not live, if it should be.</param>
/// <param name="AsOf">When the source said so.</param>
/// <param name="Timestamp">When this answer was given.</param>
internal sealed record Envelope<T>(
    bool Success, string Source, T Data, IReadOnlyList<Warning> Warnings, DateTimeOffset AsOf, DateTimeOffset Timestamp)
{
    public static Envelope<T> Of<TValue>(Answer<TValue> answer, Func<TValue, T> select, TimeProvider clock) =>
        new(true, answer.Source, select(answer.Value), answer.Warnings, answer.AsOf, clock.GetUtcNow());
}
