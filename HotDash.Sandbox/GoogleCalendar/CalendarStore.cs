using System.Globalization;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>The events of the only calendar. A deleted one stays, with its id.</summary>
internal sealed class CalendarStore(EffectLedger ledger, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredEvent> events = new(StringComparer.Ordinal);
    private long version;

    /// <summary>Sync tokens that were given out before are of no use any more.</summary>
    public long OldestToken { get; private set; }

    public StoredEvent? Find(string id)
    {
        lock (gate)
            return events.GetValueOrDefault(id);
    }

    /// <returns>Null when the id is taken.</returns>
    public StoredEvent? Insert(string id, JsonObject body, string? traceParent)
    {
        lock (gate)
            return events.ContainsKey(id) ? null : Write("event.inserted", id, body, clock.GetUtcNow(), traceParent);
    }

    /// <param name="change">Gets the event and answers its new body, or null when it is not to be changed.</param>
    public StoredEvent? Change(string operation, string id, Func<StoredEvent, JsonObject?> change, string? traceParent)
    {
        lock (gate)
            return events.GetValueOrDefault(id) is { } found && change(found) is { } body ? Write(operation, id, body, found.Created, traceParent) : null;
    }

    /// <summary>In the order of their last changes.</summary>
    public (IReadOnlyList<StoredEvent> Events, long Version) ChangedAfter(long known)
    {
        lock (gate)
            return ([.. events.Values.Where(found => found.Version > known).OrderBy(found => found.Version)], version);
    }

    public void ForgetTokens()
    {
        lock (gate)
            OldestToken = ++version;
    }

    public void Reset()
    {
        lock (gate)
        {
            events.Clear();
            OldestToken = ++version;
        }
    }

    private StoredEvent Write(string operation, string id, JsonObject body, DateTimeOffset created, string? traceParent)
    {
        var now = clock.GetUtcNow();
        var written = events[id] = new(id, body, ++version, created, now);
        ledger.Add("google-calendar", now, operation, new JsonObject
        {
            ["eventId"] = id,
            ["summary"] = body["summary"]?.DeepClone(),
            ["etag"] = version.ToString(CultureInfo.InvariantCulture),
        }, traceParent);
        return written;
    }
}
