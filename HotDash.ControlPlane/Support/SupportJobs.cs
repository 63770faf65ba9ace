namespace HotDash.ControlPlane.Support;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
internal static class SupportJobs
{
    public const string KeepConversations = "support.keep-conversations";
    public const string WriteNote = "support.write-note";
    public const string ApplyLabels = "support.apply-labels";
    public const string KeepLabels = "support.keep-labels";
    public const string PruneMessages = "support.prune-messages";

    /// <summary>Notes end by their own rules.</summary>
    public const int NeverDead = 1_000_000;
}

/// <summary>Shows a draft to agents, in the conversation.</summary>
internal sealed record WriteNotePayload(Guid ApprovalId);

/// <summary>Gives a conversation the labels of the categories that somebody set.</summary>
internal sealed record ApplyLabelsPayload(string ConversationId);
