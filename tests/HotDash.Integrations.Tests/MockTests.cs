using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Supabase;

namespace HotDash.Integrations.Tests;

public sealed class MockTests
{
    [Fact]
    public void Mock_ideas_have_every_status_and_stand_newest_first()
    {
        var ideas = SupabaseMock.Ideas;

        Assert.Equal(Enum.GetValues<IdeaStatus>().Order(), ideas.Select(idea => idea.Status).Distinct().Order());
        Assert.Equal(ideas.OrderByDescending(idea => idea.CreatedAt), ideas);
    }

    [Fact]
    public void Mock_conversations_have_every_status_and_stand_by_their_latest_activity()
    {
        var conversations = ChatwootMock.Conversations;

        Assert.Equal(Enum.GetValues<ConversationStatus>(), conversations.Select(conversation => conversation.Status).Distinct().Order());
        Assert.Equal(conversations.OrderByDescending(conversation => conversation.LastActivityAt), conversations);
    }

    [Fact]
    public void Whatever_is_mock_says_so_in_its_id()
    {
        string[] ids =
        [
            .. SupabaseMock.Ideas.Select(idea => idea.Id),
            .. SupabaseMock.Experiments.Select(experiment => experiment.Id),
            .. ChatwootMock.Conversations.Select(conversation => conversation.Id),
            .. PublerMock.Accounts.Select(account => account.Id),
            .. ShopifyMock.Orders.Select(order => order.Id),
            .. ShopifyMock.Products.Select(product => product.Id),
            .. ShopifyMock.Inventory.SelectMany(item => new[] { item.Id, item.VariantId }),
        ];

        Assert.All(ids, id => Assert.StartsWith("mock-", id, StringComparison.Ordinal));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }
}
