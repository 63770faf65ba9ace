namespace HotDash.Integrations.Chatwoot;

/// <summary>Sends notes again that could not be delivered. They carry a mark, so it can be seen whether they were. Replies go the way of approvals.</summary>
internal sealed class ChatwootReplays(ChatwootClient chatwoot, ChatwootOptions options) : IReplayable
{
    public string Integration => "chatwoot";

    public bool CanReplay(string operation) => operation is ChatwootWrites.SendNote;

    public async Task<Existing?> FindExistingAsync(DeadLetterRequest request, CancellationToken ct)
    {
        var message = ChatwootWrites.Read(request, options);

        return await chatwoot.FindAsync(message, ct) is { } found ? new(found.Id, found.CreatedAt) : null;
    }

    public Task ReplayAsync(DeadLetterRequest request, CancellationToken ct) => chatwoot.WriteAsync(ChatwootWrites.Read(request, options), ct);
}
