using HotDash.Sandbox.Google;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>How the Calendar API refuses. https://developers.google.com/workspace/calendar/api/guides/errors</summary>
internal static class CalendarReply
{
    public static IResult Refuse(HttpContext context, int code, string reason, string message, string domain = "global") =>
        GoogleReply.RefuseFor(context, code, domain, reason, message);

    public static IResult NotFound(HttpContext context) => Refuse(context, 404, "notFound", "Not Found");

    public static IResult Changed(HttpContext context) => Refuse(context, 412, "conditionNotMet", "Precondition Failed");
}
