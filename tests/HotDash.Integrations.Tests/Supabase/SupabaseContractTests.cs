using HotDash.Integrations.Supabase;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Supabase;

public sealed class SupabaseContractTests : ProviderContract
{
    public const string ServiceKey = "canary-sb_secret_key";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "supabase",
        Settings = [("SUPABASE_URL", "https://project.example"), ("SUPABASE_SERVICE_KEY", ServiceKey)],
        Read = (services, ct) => services.GetRequiredService<SupabaseClient>().ListExperimentsAsync(ct),
        WriteMayBeRepeated = true,
        Write = (services, ct) => services.GetRequiredService<SupabaseClient>().ReviewIdeaAsync("idea-1", IdeaStatus.Approved, "ada", ct),
    };
}
