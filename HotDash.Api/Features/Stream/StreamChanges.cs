using System.Globalization;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Audit;

namespace HotDash.Api.Features.Stream;

internal static class StreamChanges
{
    public const string After = "lastEventId";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

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
        return await stream.TryWriteAsync(http, parsed ? Math.Min(last, newest) : newest)
            ? Results.Empty
            : ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.TooManyStreams, "As many read the stream here as can: come again, with the id that you saw last.", Again);
    }
}
