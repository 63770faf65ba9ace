using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;

namespace HotDash.Api.Features.DeadLetters;

/// <summary>Letters by id or by filter; only those that wait for a decision (pending or unknown) can be chosen.</summary>
internal static class SelectionRequest
{
    public static DeadLetterSelection Selection(this FieldErrors errors, IReadOnlyList<string?>? ids, LetterQuery? filter)
    {
        errors.Require(ids is null != filter is null, "ids", "give either ids or a filter; an empty filter means every open letter.");

        return new(ids is null ? null : Ids(errors, ids), filter is null ? null : Filter(errors, filter));
    }

    private static List<Guid> Ids(FieldErrors errors, IReadOnlyList<string?> ids)
    {
        errors.Require(ids.Count is >= 1 and <= DeadLetterStore.MaxNamed, "ids", $"must name 1 to {DeadLetterStore.MaxNamed} letters; use a filter for more.");
        var parsed = ids.Select(id => Guid.TryParse(id, out var letter) ? letter : (Guid?)null).ToList();
        errors.Require(!parsed.Contains(null), "ids", "must hold ids of dead letters.");

        return [.. parsed.OfType<Guid>().Distinct()];
    }

    private static DeadLetterFilter Filter(FieldErrors errors, LetterQuery query)
    {
        var filter = query.Read(errors, "filter.");
        errors.Require(filter.State is null or LetterState.Pending or LetterState.Unknown, "filter.state", "must be pending or unknown: others are settled, or on their way.");

        return filter;
    }
}
