using HotDash.Integrations.GoogleCalendar;
using HotDash.Integrations.Tests.Google;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.GoogleCalendar;

public sealed class GoogleCalendarContractTests : ProviderContract
{
    public const string CalendarId = "shop@group.calendar.example";

    public static readonly EventDraft Draft = new(
        new("Winter mugs", "Winter\n• Photos", EventTime.Of(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero)), EventTime.Of(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero)), EventColor.Tomato),
        [30, 1440]);

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "google-calendar",
        Prepare = services => services.WithTokens("google-calendar"),
        Settings =
        [
            ("GOOGLE_CALENDAR_BASE_URL", "https://calendar.example/base"), ("GOOGLE_CALENDAR_ID", CalendarId),
            ("GOOGLE_APPLICATION_CREDENTIALS", GoogleTestAccount.KeyFile),
        ],
        Read = (services, ct) => services.GetRequiredService<GoogleCalendarClient>().ListChangesAsync(null, ct),
        Write = (services, ct) => services.GetRequiredService<GoogleCalendarClient>().InsertAsync("hd0123", Draft, ct),
        WriteMayBeRepeated = true,
        Throttled = new(403, """{"error":{"code":403,"message":"Rate Limit Exceeded","errors":[{"domain":"usageLimits","reason":"userRateLimitExceeded","message":"Rate Limit Exceeded"}]}}"""),
    };
}
