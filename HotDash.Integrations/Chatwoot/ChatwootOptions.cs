namespace HotDash.Integrations.Chatwoot;

/// <summary>The connection to Chatwoot: <c>CHATWOOT_BASE_URL</c>, <c>CHATWOOT_API_KEY</c>, <c>CHATWOOT_ACCOUNT_ID</c>. It has no flag.</summary>
public sealed class ChatwootOptions : IntegrationOptions
{
    private string? _apiKey;

    public ChatwootOptions()
        : base("chatwoot", "chatwoot")
    {
    }

    /// <summary>The account whose conversations we see. Zero only while the settings name none.</summary>
    public int AccountId { get; private set; }

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("get-liveness"),
        Operation.Reads("get-health"),
        Operation.Reads("get-profile"),
        Operation.Reads("list-conversations"),
        Operation.Reads("get-conversation"),
        Operation.Reads("list-messages"),
        Operation.WritesOnce(ChatwootWrites.SendNote, "carries a mark by which it is looked up"),
        Operation.Guarded(ChatwootWrites.SendReply, "carries a mark by which it is looked up; only as approved"),
        Operation.Reads("get-labels"),
        Operation.WritesAgain("set-labels", "sets the same again"),
        Operation.WritesAgain("assign-agent", "sets the same again"),
        Operation.WritesAgain("set-status", "sets the same again"),
        Operation.Reads("list-agents"),
        Operation.Reads("list-labels"),
        Operation.Reads("list-webhooks"),
        Operation.WritesOnce("add-webhook", "an account refuses a second one for its address"),
        Operation.WritesAgain("change-webhook", "sets the same again"),
    ];

    public override string Webhooks => "of the account, signed by servers from 4.11.2 on: `CHATWOOT_WEBHOOK_SECRET`";

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("CHATWOOT_BASE_URL");
        _apiKey = settings.Credential("CHATWOOT_API_KEY");
        AccountId = settings.Text("CHATWOOT_ACCOUNT_ID") is null ? 0 : settings.Count("CHATWOOT_ACCOUNT_ID", 0, 1, int.MaxValue);

        BindAlwaysReal(settings,
        [
            .. BaseAddress is null ? ["CHATWOOT_BASE_URL"] : Array.Empty<string>(),
            .. _apiKey is null ? ["CHATWOOT_API_KEY"] : Array.Empty<string>(),
            .. AccountId is 0 ? ["CHATWOOT_ACCOUNT_ID"] : Array.Empty<string>(),
        ]);
    }

    // Underscores and all: a proxy in front of Chatwoot has to let such headers pass. "Authorization: Bearer" is not accepted.
    internal override void Authorize(HttpClient http) => http.DefaultRequestHeaders.Add("api_access_token", _apiKey);
}
