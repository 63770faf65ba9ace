namespace HotDash.Integrations.Supabase;

/// <summary>The connection to the merchant's Supabase project, read from <c>SUPABASE_URL</c> and <c>SUPABASE_SERVICE_KEY</c>.</summary>
public sealed class SupabaseOptions() : IntegrationOptions("supabase", "supabase")
{
    internal string? ServiceKey { get; set; }
}
