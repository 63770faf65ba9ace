namespace HotDash.Integrations;

/// <summary>What needs an approval.</summary>
public static class GuardedKinds
{
    public const string SupportReply = "support.reply";
    public const string CommerceInventory = "commerce.inventory";
    public const string CommercePrice = "commerce.price";
    public const string CommerceMetafield = "commerce.metafield";
    public const string SocialPost = "social.post";

    public static IReadOnlyList<string> All { get; } = [SupportReply, CommerceInventory, CommercePrice, CommerceMetafield, SocialPost];
}
