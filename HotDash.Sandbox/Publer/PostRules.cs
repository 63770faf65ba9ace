using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Sandbox.Publer;

/// <summary>What Publer judges only once the job runs, so that the submission itself succeeds.</summary>
internal static partial class PostRules
{
    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal)
    {
        ["twitter"] = 280,
        ["instagram"] = 2_200,
        ["linkedin"] = 3_000,
        ["facebook"] = 63_206,
    };

    /// <returns>Why the post fails on this account, or null.</returns>
    public static string? Check(Job job, BulkPost post, Target target, Account? account, IReadOnlyDictionary<string, string> told)
    {
        if (account is null)
            return "Account not found";

        if (told.TryGetValue(account.Id, out var why))
            return why;

        if (!post.Networks.TryGetValue(account.Provider, out var content))
            return $"No content for {account.Provider}";

        if (content.Type is "status" && account.Provider is "instagram")
            return "Instagram has no posts of type status";

        if (string.IsNullOrWhiteSpace(content.Text) && content.Type is "status")
            return "Text can't be blank";

        return content.Text?.Length > Longest.GetValueOrDefault(account.Provider, int.MaxValue)
            ? $"Text is too long (maximum is {Longest[account.Provider]} characters)"
            : CheckTime(job, target);
    }

    /// <summary>A draft has no time, a post that is published at once has that of its making.</summary>
    public static DateTimeOffset? TimeOf(Job job, Target target) => job switch
    {
        { Publish: true } => job.DueAt,
        { Submission.Bulk.State: "scheduled" } => Parse(target.ScheduledAt),
        _ => null,
    };

    public static string StateOf(Job job) => (job.Publish, job.Submission!.Bulk.State) switch
    {
        (true, _) => "published",
        (_, "scheduled" or "recurring") => "scheduled",
        (_, var draft) => draft,
    };

    private static string? CheckTime(Job job, Target target) => (job.Publish, job.Submission!.Bulk.State, Parse(target.ScheduledAt)) switch
    {
        (true, _, _) or (_, not "scheduled", _) => null,
        (_, _, null) => "Scheduled at must be a time with a zone",
        (_, _, { } time) when time < job.AcceptedAt.AddMinutes(1) => "Posts cannot be backdated",
        _ => null,
    };

    private static DateTimeOffset? Parse(string? time) =>
        time is not null && Zoned().IsMatch(time)
        && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed
            : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zoned();
}
