namespace HotDash.ControlPlane.Audit;

/// <summary>
/// One change of a switch or of the outside world. Nothing sensitive belongs in it: no secret, no customer's text, no request body, no
/// user's id; what is written stays.
/// </summary>
/// <param name="Kind">What kind of thing was changed: one of <see cref="AuditKinds"/>.</param>
/// <param name="ObjectId">Which one: its name or id.</param>
/// <param name="Action">What was done with it: a verb, in lower case with hyphens.</param>
/// <param name="Actor">Who did it: a key's name and id, or <see cref="HotDash"/>.</param>
/// <param name="Before">How it was, as far as it was changed: anything that becomes JSON; null when it was not there.</param>
/// <param name="After">How it is now; null when it is gone.</param>
public sealed record AuditChange(string Kind, string ObjectId, string Action, string Actor, object? Before = null, object? After = null, string? Reason = null)
{
    /// <summary>The actor when no person asked for it.</summary>
    public const string HotDash = "HotDash";
}

/// <summary>What the audit speaks of.</summary>
public static class AuditKinds
{
    public const string Flag = "flag";
    public const string Rollout = "rollout";
    public const string Key = "key";
    public const string Integration = "integration";
    public const string DeadLetter = "dead-letter";
    public const string Replay = "replay";
    public const string Post = "post";
    public const string Plan = "plan";
    public const string Idea = "idea";
    public const string Approval = "approval";
    public const string Webhook = "webhook";
    public const string Alert = "alert";
    public const string Label = "label";
    public const string Conversation = "conversation";

    public static IReadOnlyList<string> All { get; } =
        [Flag, Rollout, Key, Integration, DeadLetter, Replay, Post, Plan, Idea, Approval, Webhook, Alert, Label, Conversation];
}
