namespace HotDash.Integrations;

/// <summary>
/// A request to a provider, with what its client says about it and what the layers find out. All in one object: options of a plain
/// request would cost a dictionary for each call.
/// </summary>
internal sealed class ProviderRequest(HttpMethod method, string address) : HttpRequestMessage(method, address)
{
    private static readonly Operation Unknown = Operation.WritesOnce("unknown", "nowhere");

    /// <summary>What it is part of. Until a client has said so, the worst is assumed.</summary>
    public Operation Operation { get; set; } = Unknown;

    /// <summary>Tokens of the provider's limit that it needs.</summary>
    public int Cost { get; private set; } = 1;

    /// <summary>Goes on with a list of which other calls have brought a part.</summary>
    public bool IsNextPage { get; private set; }

    /// <summary>Whether it only looks how the provider is.</summary>
    public bool ForHealth { get; set; }

    /// <summary>What the integration's flag said of the unit that it is made for; null without a flag.</summary>
    public bool? Switched { get; set; }

    /// <summary>
    /// The caller's, for the layers. They bound every call, so HttpClient gets none: for each it would make a source of its own, and on
    /// that the layers would register anew.
    /// </summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Set just before the wire: what failed before had no effect.</summary>
    public bool Sent { get; set; }

    public bool MayHaveHadEffect => Sent && !Operation.OnlyReads;

    /// <summary>Of the last reply, as it was read.</summary>
    public int ReplyStatus { get; set; }

    /// <summary>How long the last reply asks to wait.</summary>
    public TimeSpan? ReplyWait { get; set; }

    public int Attempts { get; set; }

    /// <summary>What allows a guarded operation.</summary>
    public ApprovedAction? Approval { get; private set; }

    /// <summary>
    /// The next page of a list that is worth nothing without it: tried several times also where calls are tried once, since a list of many
    /// pages would fail far more often than each of them.
    /// </summary>
    public ProviderRequest Continues(bool when)
    {
        IsNextPage = when;
        return this;
    }

    /// <summary>Carries out what was approved, as it was approved.</summary>
    public static ProviderRequest Approved(string address, ApprovedAction action) =>
        new(HttpMethod.Post, address) { Approval = action, Content = JsonBody.Of(action.TakeBytes()) };

    /// <summary>Needs so many tokens of the limit, where the provider counts points instead of requests.</summary>
    public ProviderRequest Costs(int tokens)
    {
        Cost = tokens;
        return this;
    }
}
