namespace HotDash.Cli.DeadLetters;

internal static class LetterFilters
{
    private static readonly (string, string)[] Cause =
    [
        ("integration", "Key of the integration, such as publer."),
        ("operation", "Name of the operation, such as publish-post."),
        ("failure", "Code of the failure, such as timeout."),
        ("text", "A part of the failure's summary."),
    ];

    public static FilterOptions Causes() => new(Cause);

    public static FilterOptions Letters() => new(
    [
        .. Cause,
        ("state", "pending, replaying, replayed, unknown or discarded."),
        ("from", "Kept at this time or later, such as 2026-11-21T12:00:00Z."),
        ("to", "Kept before this time."),
    ]);
}
