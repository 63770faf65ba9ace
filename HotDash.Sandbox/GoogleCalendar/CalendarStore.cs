using System.Globalization;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>The events of the only calendar. A deleted one stays, with its id.</summary>
internal sealed class CalendarStore(EffectLedger ledger, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredEvent> _events = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Sync tokens that were given out before are of no use any more.</summary>
    public long OldestToken { get; private set; }

    public StoredEvent? Find(string id)
    {
        lock (_gate)
            return _events.GetValueOrDefault(id);
    }

    /// <returns>Null when the id is taken.</returns>
    public StoredEvent? Insert(string id, JsonObject body, string? traceParent)
    {
        lock (_gate)
            return _events.ContainsKey(id) ? null : Write("event.inserted", id, body, clock.GetUtcNow(), traceParent);
    }

    /// <param name="change">Gets the event and answers its new body, or null when it is not to be changed.</param>
    public StoredEvent? Change(string operation, string id, Func<StoredEvent, JsonObject?> change, string? traceParent)
    {
        lock (_gate)
            return _events.GetValueOrDefault(id) is { } found && change(found) is { } body ? Write(operation, id, body, found.Created, traceParent) : null;
    }

    /// <summary>In the order of their last changes.</summary>
    public (IReadOnlyList<StoredEvent> Events, long Version) ChangedAfter(long known)
    {
        lock (_gate)
            return ([.. _events.Values.Where(found => found.Version > known).OrderBy(found => found.Version)], _version);
    }

    public void ForgetTokens()
    {
        lock (_gate)
            OldestToken = ++_version;
    }

    public void Reset()
    {
        lock (_gate)
        {
            _events.Clear();
            OldestToken = ++_version;
        }
    }

    private StoredEvent Write(string operation, string id, JsonObject body, DateTimeOffset created, string? traceParent)
    {
        var now = clock.GetUtcNow();
        var written = _events[id] = new(id, body, ++_version, created, now);
        ledger.Add("google-calendar", now, operation, new JsonObject
        {
            ["eventId"] = id,
            ["summary"] = body["summary"]?.DeepClone(),
            ["etag"] = _version.ToString(CultureInfo.InvariantCulture),
        }, traceParent);
        return written;
    }
}
