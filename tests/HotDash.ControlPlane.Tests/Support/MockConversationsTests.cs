using HotDash.ControlPlane.Support;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Tests.Support;

public sealed class MockConversationsTests
{
    public static TheoryData<ConversationFilter, string[]> Filters => new()
    {
        { new(), ["mock-6", "mock-5", "mock-4", "mock-3", "mock-2", "mock-1"] },
        { new(ConversationStatus.Pending), ["mock-4"] },
        { new(Assignee: AssigneeType.Unassigned), ["mock-6", "mock-4", "mock-2"] },
        { new(ConversationStatus.Open, AssigneeType.Assigned), ["mock-5"] },
        { new(Assignee: AssigneeType.Me), [] },
        { new(InboxId: 3), ["mock-2"] },
        { new(Label: "shipping"), ["mock-6", "mock-1"] },
        { new(Text: "NORWAY"), ["mock-4"] },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public void Examples_are_filtered_as_chatwoot_filters(ConversationFilter filter, string[] ids) =>
        Assert.Equal(ids, MockConversations.Page(new(filter, null)).Items.Select(conversation => conversation.Id));

    [Fact]
    public void Totals_are_of_everybody_whoever_is_asked_for()
    {
        var page = MockConversations.Page(new(new(Assignee: AssigneeType.Assigned), null));

        Assert.Equal(new(6, 0, 3, 3), page.Totals);
    }

    [Fact]
    public void There_is_one_page_of_them() =>
        Assert.Empty(MockConversations.Page(new(new(), new SupportCursor("mock", 1, 6))).Items);
}
