namespace HotDash.Cli.Approvals;

internal static class ApprovalFilters
{
    private static readonly (string, string)[] Choice =
    [
        ("kind", "Such as support.reply."),
        ("target", "Id of the conversation, or of whatever it is about."),
        ("requester", "Name of a key, or its id."),
        ("risk", "1 to 3: at least this risk."),
    ];

    /// <summary>Of those that people decide about.</summary>
    public static FilterOptions Pending() => new(Choice);

    public static FilterOptions All() => new([.. Choice, ("state", "pending, approved, sending, sent, unknown, rejected, expired or failed.")]);
}
