namespace HotDash.Sandbox.Chatwoot;

/// <summary>Conversations that are alike for one seed: more than fit on a page, in every status.</summary>
internal static class ChatwootSeed
{
    private const int Count = 32;

    private static readonly long Start = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly string[] Names = ["Mira", "Jonas", "Lena", "Otto", "Petra", "Ivo", "Nora", "Emil"];
    private static readonly string[] Statuses = ["open", "open", "open", "pending", "snoozed", "resolved"];
    private static readonly string?[] Priorities = [null, null, "low", "medium", "high", "urgent"];

    private static readonly string[] Questions =
    [
        "Where is my parcel?",
        "Is the large bowl safe for the oven?",
        "I would like to send the blue mug back.",
        "Do you ship to Norway?",
        "Can we have forty cups for our café?",
    ];

    public static IEnumerable<Conversation> Conversations(Ids ids)
    {
        for (var number = 1; number <= Count; number++)
            yield return Make(number, ids);
    }

    private static Conversation Make(int number, Ids ids)
    {
        var at = Start + (number * 3600L) + (long)(ids.Dice("chatwoot.minute", number) * 3000);
        var conversation = new Conversation(number, One(ChatwootFolk.Inboxes, "inbox"), new(100 + number, $"{One(Names, "name")} {number}"), at)
        {
            Status = One(Statuses, "status"),
            Priority = One(Priorities, "priority"),
            Assignee = ids.Dice("chatwoot.assigned", number) < 0.5 ? One(ChatwootFolk.Agents, "agent") : null,
            Labels = [One(ChatwootFolk.Labels, "label")],
            WaitingSince = at,
        };
        conversation.Messages.Add(new(
            number, number, conversation.Inbox.Id, One(Questions, "question"), Message.Incoming, Private: false, [], EchoId: null,
            conversation.Customer, Agent: null, at, ShownFrom: default));
        return conversation;

        T One<T>(IReadOnlyList<T> all, string kind) => all[(int)(ids.Dice($"chatwoot.{kind}", number) * all.Count)];
    }
}
