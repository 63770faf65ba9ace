namespace HotDash.Integrations.Publer;

/// <summary>The connection to Publer: <c>PUBLER_API_KEY</c>, <c>PUBLER_WORKSPACE_ID</c>.</summary>
public sealed class PublerOptions : IntegrationOptions
{
    private string? _apiKey;
    private string? _workspaceId;

    public PublerOptions()
        : base("publer", "publer")
    {
    }

    /// <summary>Empty when it is not configured.</summary>
    public string WorkspaceId => _workspaceId ?? "";

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("get-user"),
        Operation.Reads("list-workspaces"),
        Operation.Reads("list-accounts"),
        Operation.WritesAgain("upload-media", "a second file of the library does no harm"),
        Operation.WritesAgain("fetch-media", "a second file of the library does no harm"),
        Operation.WritesOnce("submit-posts", "looked up in the list of posts until the settle window is over"),
        Operation.Reads("get-job"),
        Operation.Reads("list-posts"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("PUBLER_BASE_URL") ?? new Uri("https://app.publer.com/");
        _apiKey = settings.Credential("PUBLER_API_KEY");
        _workspaceId = settings.Credential("PUBLER_WORKSPACE_ID");

        BindCommon(settings.Flag("PUBLER_LIVE"),
        [
            .. _apiKey is null ? ["PUBLER_API_KEY"] : Array.Empty<string>(),
            .. _workspaceId is null ? ["PUBLER_WORKSPACE_ID"] : Array.Empty<string>(),
        ]);
    }

    internal override void Authorize(HttpClient http)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer-API", _apiKey);
        http.DefaultRequestHeaders.Add("Publer-Workspace-Id", _workspaceId);
    }
}
