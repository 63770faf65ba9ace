using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Chatwoot;

/// <summary>https://developers.chatwoot.com/api-reference/introduction</summary>
public sealed partial class ChatwootClient(ProviderHttp provider, ChatwootOptions options)
{
    /// <summary>The version of a conversation in which the customer has written nothing yet. Not null: that would mean that it does not matter.</summary>
    public const string NothingYet = "0";

    /// <summary>By how much Chatwoot's clock may be behind ours, generously.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromDays(1);

    private const int MaxPages = 200;

    private readonly ChatwootQueries _queries = new(options);

    /// <summary>Whether the key is valid, and for which accounts.</summary>
    public async Task<ChatwootProfile> GetProfileAsync(CancellationToken ct)
    {
        var profile = await GetAsync("get-profile", "api/v1/profile", ChatwootJson.Default.ProfileRow, ct);

        return new(profile.Id, profile.Name, profile.Accounts.ToDictionary(account => account.Id, account => account.Role));
    }

    /// <param name="page">From 1 on. How many conversations are on a page is up to the server (25).</param>
    public Task<ConversationPage> ListConversationsAsync(ConversationFilter filter, int page, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);

        return GetAsync("list-conversations", _queries.Conversations(filter, page), ChatwootJson.Default.ConversationsReply, reply => reply.ToPage(), ct);
    }

    public Task<Conversation> GetConversationAsync(string id, CancellationToken ct) =>
        GetAsync("get-conversation", _queries.Conversation(id), ChatwootJson.Default.ConversationRow, row => row.ToConversation(), ct);

    /// <summary>The 20 newest messages, or the 20 before that one; the oldest first.</summary>
    public async Task<IReadOnlyList<Message>> ListMessagesAsync(string conversationId, string? before, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, _queries.Messages(conversationId, before));

        return await provider.ReadAsync(
            "list-messages", request.Continues(when: before is not null), ChatwootJson.Default.MessagesReply, reply => reply.ToMessages(), ct);
    }

    /// <summary>Writes a note among agents. Not safe to be repeated: look with <see cref="FindAsync"/> first. A message that the customer would get is refused.</summary>
    public async Task<Message> WriteAsync(NewMessage message, CancellationToken ct)
    {
        var letter = ChatwootWrites.ToRequest(message, options);
        using var request = new ProviderRequest(HttpMethod.Post, letter.Path) { Content = JsonBody.Of(letter.Body) };

        return await provider.ReadAsync(ChatwootWrites.OperationOf(message), request, ChatwootJson.Default.MessageRow, row => row.ToMessage(), ct);
    }

    /// <summary>Sends the customer what was approved. Not safe to be repeated, either.</summary>
    public async Task<Message> ReplyAsync(ApprovedAction action, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(action);
        using var request = ProviderRequest.Approved(_queries.Conversation(action.Target.Target, "/messages"), action);

        return await provider.ReadAsync(ChatwootWrites.SendReply, request, ChatwootJson.Default.MessageRow, row => row.ToMessage(), ct);
    }

    /// <returns>The message with this mark; null when there surely is none.</returns>
    public async Task<Message?> FindAsync(NewMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (mark, notBefore) = (message.Mark.ToString(), Marks.TimeOf(message.Mark) - ClockMargin);
        string? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var messages = await ListMessagesAsync(message.ConversationId, before, ct);
            if (messages.FirstOrDefault(candidate => candidate.Mark == mark) is { } found)
                return found;

            if (messages is [] || messages.Min(candidate => candidate.CreatedAt) < notBefore)
                return null;

            before = messages[0].Id;
        }

        // A part of the conversation must not pass for all of it: who looks for a lost message would send it again.
        throw Failures.UnexpectedReply(options.Key, "the conversation does not end", outcomeUnknown: false);
    }

    public async Task<IReadOnlyList<string>> GetLabelsAsync(string conversationId, CancellationToken ct) =>
        (await GetAsync("get-labels", _queries.Conversation(conversationId, "/labels"), ChatwootJson.Default.ConversationLabels, ct)).Payload;

    /// <summary>Gives the conversation exactly these labels.</summary>
    public async Task<IReadOnlyList<string>> SetLabelsAsync(string conversationId, IReadOnlyList<string> labels, CancellationToken ct)
    {
        using var request = Post(_queries.Conversation(conversationId, "/labels"), new(labels), ChatwootJson.Default.LabelsBody);

        return (await provider.ReadAsync("set-labels", request, ChatwootJson.Default.ConversationLabels, ct)).Payload;
    }

    /// <param name="agentId">Null takes it from whoever has it.</param>
    public async Task AssignAsync(string conversationId, long? agentId, CancellationToken ct)
    {
        using var request = Post(_queries.Conversation(conversationId, "/assignments"), new(agentId ?? 0), ChatwootJson.Default.AssignmentBody);
        await provider.SendAsync("assign-agent", request, ct);
    }

    /// <param name="until">For a conversation that is snoozed; null until the customer writes.</param>
    /// <returns>The status that it has now.</returns>
    public async Task<ConversationStatus> SetStatusAsync(string conversationId, ConversationStatus status, DateTimeOffset? until, CancellationToken ct)
    {
        using var request = Post(
            _queries.Conversation(conversationId, "/toggle_status"), new(status, until?.ToUnixTimeSeconds()), ChatwootJson.Default.StatusBody);

        return (await provider.ReadAsync("set-status", request, ChatwootJson.Default.StatusReply, ct)).Payload.CurrentStatus;
    }

    public async Task<IReadOnlyList<Agent>> ListAgentsAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, _queries.Account("agents"));
        var rows = await provider.ReadRowsAsync("list-agents", request, ChatwootJson.Default.IReadOnlyListAgentRow, ct);

        return [.. rows.Select(row => new Agent(row.Id, row.Name, row.Role, row.AvailabilityStatus))];
    }

    public async Task<IReadOnlyList<Label>> ListLabelsAsync(CancellationToken ct) =>
        [.. (await GetAsync("list-labels", _queries.Account("labels"), ChatwootJson.Default.LabelsReply, ct)).Payload.Select(row => new Label(row.Id, row.Title))];

    public Task<IReadOnlyList<Webhook>> ListWebhooksAsync(CancellationToken ct) =>
        GetAsync("list-webhooks", _queries.Account("webhooks"), ChatwootJson.Default.JsonElement, WebhookReplies.List, ct);

    /// <summary>An account has one webhook per address: a second one is refused (<c>rejected</c>).</summary>
    public async Task<Webhook> AddWebhookAsync(Uri address, IReadOnlyList<string> events, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var request = Post(_queries.Account("webhooks"), new(address.AbsoluteUri, events), ChatwootJson.Default.WebhookBody);

        return await provider.ReadAsync("add-webhook", request, ChatwootJson.Default.JsonElement, WebhookReplies.One, ct);
    }

    /// <summary>Whether the server runs. Needs no key.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken ct) =>
        (await GetAsync("get-liveness", "health", ChatwootJson.Default.HealthReply, ct)).Status is "woot";

    public async Task<ServerHealth> GetHealthAsync(CancellationToken ct)
    {
        var server = await GetAsync("get-health", "api", ChatwootJson.Default.ServerReply, ct);

        return new(server.Version, server.QueueServices is "ok", server.DataServices is "ok");
    }

    /// <exception cref="IntegrationException">The server does not run, or cannot work.</exception>
    public async Task EnsureServerWorksAsync(CancellationToken ct)
    {
        if (!await IsAliveAsync(ct))
            throw Unhealthy("the server does not say that it is alive");

        var health = await GetHealthAsync(ct);
        if (!health.DatabaseWorks)
            throw Unhealthy("the server's database fails");
        if (!health.QueueWorks)
            throw Unhealthy("the server's queue (Redis) fails");
    }

    /// <exception cref="IntegrationException">The key is refused, or opens other accounts than ours.</exception>
    public async Task EnsureMemberAsync(CancellationToken ct)
    {
        if (!(await GetProfileAsync(ct)).Roles.ContainsKey(options.AccountId))
            throw new IntegrationException(options.Key, IntegrationCodes.Rejected, "the key does not open this account", scope: FailureScope.Integration);
    }

    private IntegrationException Unhealthy(string what) => new(options.Key, IntegrationCodes.Unavailable, what, retryable: true);

    private Task<T> GetAsync<T>(string operation, string address, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : notnull => GetAsync(operation, address, shape, reply => reply, ct);

    private async Task<T> GetAsync<TBody, T>(string operation, string address, JsonTypeInfo<TBody> shape, Func<TBody, T> read, CancellationToken ct)
        where TBody : notnull
    {
        using var request = new ProviderRequest(HttpMethod.Get, address);
        return await provider.ReadAsync(operation, request, shape, read, ct);
    }

    private static ProviderRequest Post<T>(string address, T body, JsonTypeInfo<T> shape) =>
        new(HttpMethod.Post, address) { Content = JsonBody.Of(body, shape) };
}
