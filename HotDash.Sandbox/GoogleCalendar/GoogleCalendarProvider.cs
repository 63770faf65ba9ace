using System.Text.Json.Nodes;

using HotDash.Sandbox.Google;
using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>One calendar of Google's. https://developers.google.com/workspace/calendar/api/v3/reference</summary>
internal sealed class GoogleCalendarProvider(IConfiguration configuration, GoogleAccount account, EffectLedger ledger, TimeProvider clock) : IProvider
{
    private readonly string calendar = configuration["SANDBOX_GOOGLE_CALENDAR_ID"] ?? "shop@group.calendar.example";
    private readonly FixedWindow quota = new(configuration.Limit("google-calendar", "600/1m"), clock);
    private readonly GoogleGate gate = new(account, "https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar");
    private readonly CalendarStore store = new(ledger, clock);

    /// <summary>Google says the same as 403 or as 429.</summary>
    private int throttleStatus = 403;

    public string Key => "google-calendar";

    public void Map(RouteGroupBuilder routes) => routes.MapGroup("/calendar/v3/calendars/{calendarId}/events")
        .AddEndpointFilter(gate.CheckAsync).AddEndpointFilter(ThrottleAsync).AddEndpointFilter(FindCalendarAsync)
        .MapEvents(store);

    public void Reset()
    {
        quota.Reset();
        store.Reset();
        throttleStatus = 403;
    }

    public JsonObject GetSettings() => new() { ["throttleStatus"] = throttleStatus, ["forgetSyncTokens"] = false };

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes)
    {
        var errors = changes.Where(change => !IsKnown(change.Key, change.Value))
            .ToDictionary(change => change.Key, _ => "Settings are throttleStatus (403 or 429) and forgetSyncTokens (true: at once, and once).", StringComparer.Ordinal);
        if (errors.Count > 0)
            return errors;

        throttleStatus = changes["throttleStatus"]?.GetValue<int>() ?? throttleStatus;
        if (changes["forgetSyncTokens"]?.GetValue<bool>() is true)
            store.ForgetTokens();

        return errors;
    }

    private static bool IsKnown(string name, JsonNode? value) => (name, value) switch
    {
        ("throttleStatus", JsonValue status) => status.TryGetValue<int>(out var code) && code is 403 or 429,
        ("forgetSyncTokens", JsonValue forget) => forget.TryGetValue<bool>(out _),
        _ => false,
    };

    private async ValueTask<object?> ThrottleAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) => quota.TryTake(1)
        ? await next(invocation)
        : CalendarReply.Refuse(invocation.HttpContext, throttleStatus, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");

    private async ValueTask<object?> FindCalendarAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Request.RouteValues["calendarId"] as string == calendar ? await next(invocation) : CalendarReply.NotFound(invocation.HttpContext);
}
