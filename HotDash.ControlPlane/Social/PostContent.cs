using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Social;

/// <summary>A post as people read, edit and approve it. It prints nothing of its text.</summary>
public sealed class PostContent
{
    public const int MaxText = 10_000;
    private const int MaxAccounts = 50;
    private const int MaxAccountId = 100;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people: letters as they are
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public string Text { get; init; } = "";

    public IReadOnlyList<string> AccountIds { get; init; } = [];

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    public static PostContent Of(NewPost post) => new()
    {
        Text = post.Text,
        AccountIds = [.. post.Targets.Select(target => target.AccountId)],
        ScheduledAt = post.ScheduledAt?.ToUniversalTime(),
    };

    /// <summary>What is wrong with the accounts that a post names.</summary>
    public static IEnumerable<string> AccountProblems(IReadOnlyList<string?>? ids)
    {
        if (ids is not { Count: >= 1 and <= MaxAccounts })
        {
            yield return $"must name 1 to {MaxAccounts} accounts.";
            yield break;
        }

        if (ids.Any(id => id is not { Length: >= 1 and <= MaxAccountId } || id.Contains('\0', StringComparison.Ordinal)))
            yield return $"must hold ids of 1 to {MaxAccountId} characters.";
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            yield return "must name each account once.";
    }

    /// <exception cref="ContentRefusedException">It is no post.</exception>
    public static PostContent Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var post = JsonSerializer.Deserialize<PostContent>(content, Shape) ?? throw new JsonException();
            return post.Problems().ToList() is { Count: > 0 } problems ? throw new ContentRefusedException(problems) : post;
        }
        catch (JsonException e)
        {
            throw new ContentRefusedException([new(e.Path is { Length: > 2 } path ? path[2..] : "it", "is not what a post has, in the JSON that was shown.")]);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Shape);

    private IEnumerable<ContentProblem> Problems()
    {
        if (string.IsNullOrWhiteSpace(Text) || Text.Length > MaxText || Text.Contains('\0', StringComparison.Ordinal))
            yield return new("text", $"must have 1 to {MaxText} characters.");
        foreach (var problem in AccountProblems(AccountIds))
            yield return new("accountIds", problem);
    }
}
