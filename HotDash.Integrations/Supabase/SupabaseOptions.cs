namespace HotDash.Integrations.Supabase;

/// <summary>The connection to the merchant's Supabase project: <c>SUPABASE_URL</c>, <c>SUPABASE_SERVICE_KEY</c>.</summary>
public sealed class SupabaseOptions : IntegrationOptions
{
    private string? _serviceKey;

    public SupabaseOptions()
        : base("supabase", "supabase")
    {
    }

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("get-root"),
        Operation.Reads("list-ideas"),
        Operation.Reads("count-ideas"),
        Operation.Reads("find-idea"),
        Operation.WritesAgain("create-idea", "the id is ours: a second idea with it is ignored"),
        Operation.WritesAgain("review-idea", "sets the same again"),
        Operation.Reads("list-experiments"),
        Operation.WritesAgain("save-receipts", "replaces the row of its job and account"),
        Operation.WritesAgain("save-grades", "replaces the row of its approval and grader"),
        Operation.Reads("read-function"),
        Operation.WritesOnce("call-function", "nobody can tell what it did"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("SUPABASE_BASE_URL") ?? settings.Address("SUPABASE_URL");
        _serviceKey = settings.Credential("SUPABASE_SERVICE_KEY");

        BindCommon(settings.Flag("IDEA_POOL_SUPABASE_ENABLED", "IDEA_POOL_LIVE"),
        [
            .. BaseAddress is null ? ["SUPABASE_URL"] : Array.Empty<string>(),
            .. _serviceKey is null ? ["SUPABASE_SERVICE_KEY"] : Array.Empty<string>(),
        ]);
    }

    internal override void Authorize(HttpClient http)
    {
        http.DefaultRequestHeaders.Add("apikey", _serviceKey);
        http.DefaultRequestHeaders.Authorization = new("Bearer", _serviceKey);
    }
}
