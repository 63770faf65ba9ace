using System.Text.Json.Serialization;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.ControlPlane.Calendar;

/// <summary>What an entry of a plan is about; it decides the event's color.</summary>
[JsonConverter(typeof(SnakeCaseConverter<EntryKind>))]
public enum EntryKind { Launch, Campaign, Post, Email, Restock, Review, Task }

/// <summary>One event of a plan.</summary>
/// <param name="ItemId">The caller's name of it, the same whenever the plan is posted.</param>
/// <param name="Items">What is to be done for it.</param>
public sealed record PlanEntry(string ItemId, EntryKind Kind, string Title, EventTime Start, EventTime End, IReadOnlyList<string> Items)
{
    public EventDraft ToDraft(string plan, IReadOnlyList<int> reminders) => new(new(Title, DescriptionIn(plan), Start, End, Color), reminders);

    public string DescriptionIn(string plan) => string.Join('\n', [plan, .. Items.Select(item => $"• {item}")]);

    private EventColor Color => Kind switch
    {
        EntryKind.Launch => EventColor.Tomato,
        EntryKind.Campaign => EventColor.Tangerine,
        EntryKind.Post => EventColor.Peacock,
        EntryKind.Email => EventColor.Grape,
        EntryKind.Restock => EventColor.Basil,
        EntryKind.Review => EventColor.Banana,
        _ => EventColor.Graphite,
    };
}

/// <summary>All that a plan wants in the calendar: what it had there before and does not name any more goes.</summary>
/// <param name="Overwrite">Also where somebody has changed or deleted an event there.</param>
public sealed record NewPlan(string PlanId, Guid KeyId, IReadOnlyList<(string ItemId, EventDraft Draft)> Events, bool Overwrite)
{
    /// <summary>Who asks for it, for the audit.</summary>
    public string Actor { get; init; } = KeyId.ToString();
}
