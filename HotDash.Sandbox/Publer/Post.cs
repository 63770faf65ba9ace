namespace HotDash.Sandbox.Publer;

/// <summary>A post on one account.</summary>
internal sealed record Post(
    string Id, string Text, string State, string Type, Account Account, DateTimeOffset? ScheduledAt, DateTimeOffset CreatedAt, string JobId, string? TraceParent)
{
    public string? PostLink => State is "published" ? $"https://{Account.Provider}.example/posts/{Id}" : null;

    /// <summary>As the list of posts shows it.</summary>
    public object Summary => new
    {
        id = Id,
        text = Text,
        state = State,
        type = Type,
        account_id = Account.Id,
        user = new { id = "user-sandbox", name = "Sandbox Operator" },
        scheduled_at = ScheduledAt,
        created_at = CreatedAt,
        post_link = PostLink,
        has_media = Type is not "status",
        network = Account.Provider,
    };
}

/// <summary>One account on which a post failed.</summary>
internal sealed record Failure(string AccountId, string AccountName, string Provider, string Message);

/// <summary>A submission that Publer works on from its acceptance until it is due.</summary>
internal sealed class Job(string id, DateTimeOffset acceptedAt, DateTimeOffset dueAt, Submission? submission, bool publish, string? traceParent)
{
    public string Id { get; } = id;

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    public DateTimeOffset DueAt { get; } = dueAt;

    /// <summary>Null for a job that makes no posts, such as an import of media.</summary>
    public Submission? Submission { get; } = submission;

    public bool Publish { get; } = publish;

    public string? TraceParent { get; } = traceParent;

    public bool IsDone { get; set; }

    public List<Failure> Failures { get; } = [];
}
