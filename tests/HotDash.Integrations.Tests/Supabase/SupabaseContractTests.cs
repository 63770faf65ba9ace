using HotDash.Integrations.Supabase;

namespace HotDash.Integrations.Tests.Supabase;

public sealed class SupabaseContractTests : ProviderContract
{
    private protected override string Key => "supabase";

    private protected override string Credential => Wired.SupabaseKey;

    private protected override Task ReadAsync(Wired wired, CancellationToken ct) => wired.Supabase.ListExperimentsAsync(ct);

    private protected override Task WriteAsync(Wired wired, CancellationToken ct) =>
        wired.Supabase.ReviewIdeaAsync("idea-1", IdeaStatus.Approved, "ada", ct);
}
