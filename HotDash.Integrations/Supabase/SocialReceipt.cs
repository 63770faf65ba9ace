namespace HotDash.Integrations.Supabase;

/// <summary>A row of <c>social_receipts</c>: what became of one post on one account. One row per job and account.</summary>
public sealed record SocialReceipt(
    string JobId, string? ProviderJobId, string Status, string AccountId, string? PostLink, string? Error, DateTimeOffset At);
