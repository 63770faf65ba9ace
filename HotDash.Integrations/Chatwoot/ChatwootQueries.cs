using System.Globalization;
using System.Text;

namespace HotDash.Integrations.Chatwoot;

/// <summary>Chatwoot's addresses, below the account unless they are of the server.</summary>
internal sealed class ChatwootQueries(ChatwootOptions options)
{
    public string Account(string path) => string.Create(CultureInfo.InvariantCulture, $"api/v1/accounts/{options.AccountId}/{path}");

    public string Conversation(string id, string path = "") => Account($"conversations/{Uri.EscapeDataString(id)}{path}");

    public string Messages(string conversationId, string? before) =>
        Conversation(conversationId, before is null ? "/messages" : $"/messages?before={Uri.EscapeDataString(before)}");

    /// <summary>Everything is said, because what Chatwoot takes for granted (open ones only) is not what no filter means here.</summary>
    public string Conversations(ConversationFilter filter, int page)
    {
        var query = new StringBuilder("conversations")
            .Append(CultureInfo.InvariantCulture, $"?status={filter.Status?.ToSnakeCase() ?? "all"}&assignee_type={filter.Assignee.ToSnakeCase()}&page={page}");
        if (filter.InboxId is { } inbox)
            query.Append(CultureInfo.InvariantCulture, $"&inbox_id={inbox}");
        if (filter.Label is { } label)
            query.Append("&labels[]=").Append(Uri.EscapeDataString(label));
        if (filter.Text is { } text)
            query.Append("&q=").Append(Uri.EscapeDataString(text));

        return Account(query.ToString());
    }
}
