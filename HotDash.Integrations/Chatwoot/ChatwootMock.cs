namespace HotDash.Integrations.Chatwoot;

/// <summary>What HotDash shows while Chatwoot's credentials are missing. The latest activity first, as the live list is.</summary>
public static class ChatwootMock
{
    /// <summary>Chatwoot's ids are numbers, so the fixture cannot say that they are mock.</summary>
    public static IReadOnlyList<Conversation> Conversations { get; } =
    [
        .. Fixture.Read("chatwoot.conversations.json", ChatwootJson.Default.ConversationsReply).ToPage().Items
            .Select(conversation => conversation with { Id = $"mock-{conversation.Id}" }),
    ];
}
