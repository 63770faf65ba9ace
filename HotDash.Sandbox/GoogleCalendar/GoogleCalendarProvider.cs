using System.Text.Json.Nodes;

using HotDash.Sandbox.Google;
using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>One calendar of Google's. https://developers.google.com/workspace/calendar/api/v3/reference</summary>
internal sealed class GoogleCalendarProvider(IConfiguration configuration, GoogleAccount account, EffectLedger ledger, TimeProvider clock) : IProvider
{
    private readonly string _calendar = configuration["SANDBOX_GOOGLE_CALENDAR_ID"] ?? "shop@group.calendar.example";
    private readonly FixedWindow _quota = new(configuration.Limit("google-calendar", "600/1m"), clock);
    private readonly GoogleGate _gate = new(account, "https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar");
    private readonly CalendarStore _store = new(ledger, clock);

    /// <summary>Google says the same as 403 or as 429.</summary>
    private int _throttleStatus = 403;

    public string Key => "google-calendar";

    public void Map(RouteGroupBuilder routes) => routes.MapGroup("/calendar/v3/calendars/{calendarId}/events")
        .AddEndpointFilter(_gate.CheckAsync).AddEndpointFilter(ThrottleAsync).AddEndpointFilter(FindCalendarAsync)
        .MapEvents(_store);

    public void Reset()
    {
        _quota.Reset();
        _store.Reset();
        _throttleStatus = 403;
    }

    public JsonObject GetSettings() => new() { ["throttleStatus"] = _throttleStatus, ["forgetSyncTokens"] = false };

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes)
    {
        var errors = changes.Where(change => !IsKnown(change.Key, change.Value))
            .ToDictionary(change => change.Key, _ => "Settings are throttleStatus (403 or 429) and forgetSyncTokens (true: at once, and once).", StringComparer.Ordinal);
        if (errors.Count > 0)
            return errors;

        _throttleStatus = changes["throttleStatus"]?.GetValue<int>() ?? _throttleStatus;
        if (changes["forgetSyncTokens"]?.GetValue<bool>() is true)
            _store.ForgetTokens();

        return errors;
    }

    private static bool IsKnown(string name, JsonNode? value) => (name, value) switch
    {
        ("throttleStatus", JsonValue status) => status.TryGetValue<int>(out var code) && code is 403 or 429,
        ("forgetSyncTokens", JsonValue forget) => forget.TryGetValue<bool>(out _),
        _ => false,
    };

    private async ValueTask<object?> ThrottleAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) => _quota.TryTake(1)
        ? await next(invocation)
        : CalendarReply.Refuse(invocation.HttpContext, _throttleStatus, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");

    private async ValueTask<object?> FindCalendarAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Request.RouteValues["calendarId"] as string == _calendar ? await next(invocation) : CalendarReply.NotFound(invocation.HttpContext);
}
