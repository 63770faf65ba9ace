using System.Globalization;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Reads;

namespace HotDash.Api.Requests;

internal static class Cursors
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    public static T? After<T>(this FieldErrors errors, string? text) where T : Cursor
    {
        if (text is null)
            return null;

        var cursor = Cursor.TryParse<T>(text);
        errors.Require(cursor is not null, "cursor", "is not one that was given out; leave it out to start from the first page.");
        return cursor;
    }

    public static int Limit(this FieldErrors errors, string? text)
    {
        if (text is null)
            return DefaultLimit;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
            return limit;

        errors.Add("limit", $"must be a number from 1 to {MaxLimit}.");
        return DefaultLimit;
    }

    public static ApiProblem SourceChanged() => ApiProblem.Of(
        StatusCodes.Status409Conflict,
        ProblemCodes.CursorSourceChanged,
        "Another source answers now than the one that gave this cursor; start again from the first page.");
}
