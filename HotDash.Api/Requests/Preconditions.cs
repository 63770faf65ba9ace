using System.Globalization;
using HotDash.Api.Problems;
using Microsoft.Net.Http.Headers;

namespace HotDash.Api.Requests;

/// <summary>The version that a change was made for: <c>If-Match: "3"</c>, the ETag of the answer that was read.</summary>
internal static class Preconditions
{
    public const string Header = "If-Match";

    /// <returns>Null when none is given, or any will do (<c>*</c>).</returns>
    public static long? Version(this FieldErrors errors, HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString();
        if (text is "" or "*")
            return null;

        if (EntityTagHeaderValue.TryParse(text, out var tag) && !tag.IsWeak && long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;

        errors.Add(Header, "must be the ETag of the answer that you read, such as \"3\", or *.");
        return null;
    }

    /// <summary>An edit of what was not read would undo somebody else's.</summary>
    public static ApiProblem? RequireVersion(HttpRequest request) => request.Headers.IfMatch.Count > 0 ? null : ApiProblem.Of(
        StatusCodes.Status428PreconditionRequired,
        ProblemCodes.PreconditionRequired,
        "Send If-Match with the ETag of the answer that you read, or * to change whatever is there.");

    public static ApiProblem Failed(long version) => ApiProblem.Of(
        StatusCodes.Status412PreconditionFailed,
        ProblemCodes.PreconditionFailed,
        $"Somebody changed it in the meantime: it has version {version} now. Read it again, and decide again.");

    public static void SendVersion(this HttpContext http, long version) => http.Response.Headers.ETag = $"\"{version}\"";
}
