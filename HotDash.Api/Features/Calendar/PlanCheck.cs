using System.Text.RegularExpressions;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Calendar;

namespace HotDash.Api.Features.Calendar;

/// <summary>Turns a request into a plan that can be accepted, or says all that is wrong with it.</summary>
internal static partial class PlanCheck
{
    private const int MaxEntries = 100;
    private const int MaxTitle = 200;
    private const int MaxReminders = 5;
    private const int FourWeeks = 40_320; // minutes, Google's bound
    private const string NameRule = "must be 1 to 100 letters, digits, '.', '_' and '-', the first a letter or digit.";

    public static (NewPlan? Plan, ApiProblem? Problem) Check(SyncPlan.Request request, Guid keyId)
    {
        var errors = new FieldErrors();
        errors.Require(IsName(request.PlanId), "planId", NameRule);
        errors.Required("title", request.Title, MaxTitle);
        var reminders = Reminders(request.Reminders ?? [], errors);
        var entries = Entries(request.Entries ?? [], errors);

        return errors.Any
            ? (null, errors.ToProblem())
            : (new(request.PlanId!, keyId, [.. entries.Select(entry => (entry!.ItemId, entry.ToDraft(request.Title!, reminders)))], request.Overwrite is true), null);
    }

    public static bool IsName(string? text) => text is not null && Name().IsMatch(text);

    private static IReadOnlyList<int> Reminders(IReadOnlyList<int> minutes, FieldErrors errors)
    {
        errors.Require(minutes.Count <= MaxReminders, "reminders", $"must be at most {MaxReminders}.");
        errors.Require(minutes.All(minute => minute is >= 0 and <= FourWeeks), "reminders", $"must be 0 to {FourWeeks} minutes (four weeks).");
        errors.Require(minutes.Distinct().Count() == minutes.Count, "reminders", "must name each time once.");
        return minutes;
    }

    private static List<PlanEntry?> Entries(IReadOnlyList<SyncPlan.Entry?> entries, FieldErrors errors)
    {
        errors.Require(entries.Count is >= 1 and <= MaxEntries, "entries", $"must be 1 to {MaxEntries}; DELETE takes a plan out.");
        errors.Require(entries.Select(entry => entry?.Id).Distinct(StringComparer.Ordinal).Count() == entries.Count, "entries", "must have an id of its own each.");

        return [.. entries.Take(MaxEntries).Select((entry, place) => Entry(entry, $"entries[{place}]", errors))];
    }

    private static PlanEntry? Entry(SyncPlan.Entry? entry, string at, FieldErrors errors)
    {
        if (entry is null)
        {
            errors.Add(at, "must not be null.");
            return null;
        }

        errors.Require(IsName(entry.Id), $"{at}.id", NameRule);
        errors.Required($"{at}.title", entry.Title, MaxTitle);
        var kind = errors.RequiredOneOf<EntryKind>($"{at}.kind", entry.Kind);
        var items = Items(entry.Items ?? [], $"{at}.items", errors);
        var span = errors.Span($"{at}.start", entry.Start, $"{at}.end", entry.End);

        return errors.Any ? null : new(entry.Id!, kind, entry.Title!, span!.Value.Start, span.Value.End, items);
    }

    private static List<string> Items(IReadOnlyList<string?> items, string at, FieldErrors errors)
    {
        const int most = 50, longest = 500, together = 7500; // a description has at most 8192 characters

        errors.Require(items.Count <= most, at, $"must be at most {most}.");
        for (var place = 0; place < Math.Min(items.Count, most); place++)
            errors.Required($"{at}[{place}]", items[place], longest);

        errors.Require(items.Sum(item => item?.Length + 3) <= together, at, $"must have at most {together} characters together.");
        return [.. items.OfType<string>()];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, 1000)]
    private static partial Regex Name();
}
