namespace HotDash.Benchmarks.Approvals;

/// <summary>What the sender, the agent and the person do.</summary>
internal enum Step { Webhook, Draft, Approve }

/// <summary>A place on a reply's way.</summary>
/// <param name="Before">The step that leads there.</param>
internal sealed record KillPoint(string Name, Step Before, ISnag Snag)
{
    /// <summary>All of them, in the order of the way.</summary>
    public static IReadOnlyList<KillPoint> On(ReplyStage stage)
    {
        return
        [
            new("the webhook is being stored", Step.Webhook, Store("insert on webhook_events", "true")),
            new("the event is being handled", Step.Webhook, Store("update on webhook_events", "new.state = 'done'")),
            new("for the draft, the conversation is being read", Step.Draft, Wire("GET", "latency")),
            new("the draft is being stored", Step.Draft, Store("insert on support_drafts", "true")),
            new("the note is on its way", Step.Draft, Wire("POST", "latency")),
            new("the note is there, the answer is not here", Step.Draft, Wire("POST", "slow-body")),
            new("the approval is being stored", Step.Approve, Store("update on approvals", "new.state = 'approved' and old.state = 'pending'")),
            new("for the reply, the conversation is being read", Step.Approve, Wire("GET", "latency")),
            new("'sending' is being stored", Step.Approve, Store("update on approvals", "new.state = 'sending'")),
            new("the reply is on its way", Step.Approve, Wire("POST", "latency")),
            new("the reply is there, the answer is not here", Step.Approve, Wire("POST", "slow-body")),
            new("'sent' is being stored", Step.Approve, Store("update on approvals", "new.state = 'sent'")),
        ];

        StoreSnag Store(string change, string when) => new(stage.ConnectionString, change, when);
        WireSnag Wire(string method, string kind) => new(stage.Sandbox, method, kind);
    }
}
