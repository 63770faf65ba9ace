using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Support;

/// <summary>Filters the fixtures as Chatwoot does its conversations. They are few: there is one page of them.</summary>
internal static class MockConversations
{
    public static ConversationPage Page(SupportQuery query)
    {
        var matching = ChatwootMock.Conversations.Where(conversation => Matches(conversation, query.Filter)).ToList();
        var assigned = matching.Count(conversation => conversation.Assignee is not null);

        return new(
            query.After is null ? matching.FindAll(conversation => Belongs(conversation, query.Filter.Assignee)) : [],
            new(matching.Count, Mine: 0, assigned, matching.Count - assigned));
    }

    private static bool Matches(Conversation conversation, ConversationFilter filter) =>
        (filter.Status is null || conversation.Status == filter.Status)
        && (filter.InboxId is null || conversation.InboxId == filter.InboxId)
        && (filter.Label is null || conversation.Labels.Contains(filter.Label, StringComparer.Ordinal))
        && (filter.Text is null || conversation.LastMessage?.Contains(filter.Text, StringComparison.OrdinalIgnoreCase) is true);

    private static bool Belongs(Conversation conversation, AssigneeType assignee) => assignee switch
    {
        AssigneeType.Me => false,
        AssigneeType.Assigned => conversation.Assignee is not null,
        AssigneeType.Unassigned => conversation.Assignee is null,
        _ => true,
    };
}
