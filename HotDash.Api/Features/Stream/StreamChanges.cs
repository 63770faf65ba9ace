using System.Globalization;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Audit;

namespace HotDash.Api.Features.Stream;

internal static class StreamChanges
{
    public const string After = "lastEventId";

    public static async Task<IResult> HandleAsync(
        HttpContext http, AuditReads audit, EventStream stream, CancellationToken ct, [System.ComponentModel.Description("Goes on after this event")] string? lastEventId = null)
    {
        var errors = new FieldErrors();
        var text = http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header : lastEventId;
        var parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        errors.Require(text is null || parsed, After, "must be the id of an event of this stream.");
        if (errors.Any)
            return errors.ToProblem();

        var newest = await audit.NewestAsync(ct);
        await stream.WriteAsync(http, parsed ? Math.Min(last, newest) : newest);
        return Results.Empty;
    }
}
