using System.Text.Json;

namespace HotDash.Integrations.Publer;

/// <summary>
/// Reads the replies on which Publer's sources disagree: flat or wrapped in <c>data</c>, and failures as an empty object,
/// a list, or an object of lists. What is none of these is refused: nothing unreadable may pass for "no failures".
/// </summary>
internal static class PublerReplies
{
    public static string JobId(JsonElement reply) =>
        Text(Unwrap(reply), "job_id") ?? throw new UnreadableReplyException("the reply has no job id");

    public static PublerJob Job(JsonElement reply)
    {
        var job = Unwrap(reply);
        var status = Text(job, "status") ?? throw new UnreadableReplyException("the reply has no job status");

        var payload = Member(Member(job, "result") ?? job, "payload") ?? default;
        var failures = Member(payload, "failures") is { } found ? Failures(found) : [];

        return new(State(status), failures ?? throw new UnreadableReplyException("the reply has failures of another kind"));
    }

    // Only these words are known to be final; whatever else Publer says is still going on.
    private static PublerJobState State(string status) => status switch
    {
        "complete" or "completed" => PublerJobState.Complete,
        "failed" => PublerJobState.Failed,
        _ => PublerJobState.Working,
    };

    private static List<PublerJobFailure>? Failures(JsonElement failures) => failures.ValueKind switch
    {
        JsonValueKind.Array => Flatten(failures.EnumerateArray().Select(Failures)),
        JsonValueKind.Object when Text(failures, "message") is { } message => [Failure(failures, message)],
        JsonValueKind.Object => Flatten(failures.EnumerateObject().Select(group => Failures(group.Value))),
        JsonValueKind.String => [new(null, null, null, failures.GetString()!)],
        _ => null,
    };

    private static List<PublerJobFailure>? Flatten(IEnumerable<List<PublerJobFailure>?> groups)
    {
        var all = groups.ToList();
        return all.Contains(null) ? null : [.. all.SelectMany(group => group!)];
    }

    private static PublerJobFailure Failure(JsonElement failure, string message) =>
        new(Text(failure, "account_id"), Text(failure, "account_name"), Text(failure, "provider"), message);

    private static JsonElement Unwrap(JsonElement reply) => Member(reply, "data") ?? reply;

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var member)
        && member.ValueKind is not JsonValueKind.Null
            ? member
            : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? text
            : null;
}
