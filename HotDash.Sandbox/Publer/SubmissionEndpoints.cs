using System.Text.Json;

namespace HotDash.Sandbox.Publer;

/// <summary>Submitting posts, and asking how far Publer is with them.</summary>
internal static class SubmissionEndpoints
{
    private static readonly string[] States = ["scheduled", "draft", "draft_private", "draft_public", "recurring"];

    public static void MapSubmissions(this RouteGroupBuilder api, PublerWorkspace workspace, PublerSettings settings)
    {
        // Cast, or the compiler takes them for RequestDelegates, whose answers are dropped.
        api.MapPost("/posts/schedule", (Delegate)((HttpContext context) => SubmitAsync(context, workspace, settings, publish: false)));
        api.MapPost("/posts/schedule/publish", (Delegate)((HttpContext context) => SubmitAsync(context, workspace, settings, publish: true)));
        api.MapGet("/job_status/{id}", (string id, HttpContext context) => workspace.FindJob(id) is { } job
            ? Status(job, settings)
            : PublerReply.Refuse(context, 404, "Job not found"));
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, PublerWorkspace workspace, PublerSettings settings, bool publish)
    {
        var submission = await ReadAsync(context.Request);
        return Refusal(submission, publish) is { } why
            ? PublerReply.Refuse(context, 400, why)
            : PublerReply.Job(settings.Wrapped, new { job_id = workspace.Accept(submission, publish, context.Request.Headers.TraceParent) });
    }

    // Not bound to the request's cancellation: what has arrived is done, whether or not the caller still waits.
    private static async Task<Submission?> ReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasJsonContentType()
                ? await JsonSerializer.DeserializeAsync<Submission>(request.Body, cancellationToken: CancellationToken.None)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Refusal(Submission? submission, bool publish) => submission?.Bulk switch
    {
        null => "Invalid request body",
        { State: var state } when !States.Contains(state, StringComparer.Ordinal) => $"Unknown state {state}",
        { State: not "scheduled" } when publish => "Only the state scheduled can be published at once",
        { Posts: null or [] } => "Posts can't be blank",
        { Posts: var posts } when posts.Any(post => post?.Accounts is null or []) => "Accounts can't be blank",
        { Posts: var posts } when posts.Any(post => post.Networks is null or { Count: 0 }) => "Networks can't be blank",
        _ => null,
    };

    private static IResult Status(Job job, PublerSettings settings)
    {
        var status = job.IsDone ? "complete" : "working";
        var payload = new { failures = Failures(job, settings.Failures) };

        return settings.Wrapped
            ? PublerReply.Job(wrapped: true, new { status, result = new { status, payload, plan = new { rate = "business", locked = false } } })
            : PublerReply.Ok(new { status, payload });
    }

    private static object Failures(Job job, FailureShape shape) => (shape, job.Failures) switch
    {
        (_, []) => new { },
        (FailureShape.Array, var all) => all,
        (FailureShape.Object, var all) => all.Select((failure, index) => (failure, index))
            .ToDictionary(pair => $"{pair.index}", pair => pair.failure, StringComparer.Ordinal),
        (_, var all) => all.GroupBy(failure => failure.AccountId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
    };
}
