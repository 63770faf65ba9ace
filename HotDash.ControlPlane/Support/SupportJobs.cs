namespace HotDash.ControlPlane.Support;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
internal static class SupportJobs
{
    public const string KeepConversations = "support.keep-conversations";
    public const string WriteNote = "support.write-note";

    /// <summary>Notes end by their own rules.</summary>
    public const int NeverDead = 1_000_000;
}

/// <summary>Shows a draft to agents, in the conversation.</summary>
internal sealed record WriteNotePayload(Guid ApprovalId);
