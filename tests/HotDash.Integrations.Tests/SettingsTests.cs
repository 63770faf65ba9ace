using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.Integrations.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("true", IntegrationState.Live)]
    [InlineData("1", IntegrationState.Live)]
    [InlineData("On", IntegrationState.Live)]
    [InlineData(" YES ", IntegrationState.Live)]
    [InlineData("false", IntegrationState.Mock)]
    [InlineData("0", IntegrationState.Mock)]
    [InlineData("OFF", IntegrationState.Mock)]
    [InlineData("no", IntegrationState.Mock)]
    [InlineData("", IntegrationState.Mock)]
    public async Task A_flag_is_read_as_people_write_it(string value, IntegrationState state)
    {
        await using var wired = new Wired(settings: ("PUBLER_LIVE", value));

        Assert.Equal(state, Options<PublerOptions>(wired).State);
    }

    [Theory]
    [InlineData("true", "false", IntegrationState.Live)]
    [InlineData("false", "true", IntegrationState.Mock)]
    [InlineData(null, "false", IntegrationState.Mock)]
    [InlineData("", "true", IntegrationState.Mock)]
    public async Task The_first_name_of_a_flag_wins_over_its_alias(string? name, string alias, IntegrationState state)
    {
        await using var wired = new Wired(settings: [("IDEA_POOL_SUPABASE_ENABLED", name), ("IDEA_POOL_LIVE", alias)]);

        Assert.Equal(state, Options<SupabaseOptions>(wired).State);
    }

    [Theory]
    [InlineData(null, IntegrationState.Mock)]
    [InlineData("mock", IntegrationState.Mock)]
    [InlineData("Sandbox", IntegrationState.Live)]
    [InlineData("live", IntegrationState.Live)]
    public async Task While_nobody_has_set_the_flag_the_mode_decides(string? mode, IntegrationState state)
    {
        await using var wired = new Wired(settings: ("Integrations:Mode", mode));

        Assert.Equal(state, Options<SupabaseOptions>(wired).State);
        Assert.Equal(state, Options<PublerOptions>(wired).State);
    }

    [Fact]
    public async Task Missing_credentials_are_named()
    {
        await using var wired = new Wired(
            settings: [("SUPABASE_URL", ""), ("SUPABASE_SERVICE_KEY", null), ("PUBLER_WORKSPACE_ID", " ")]);

        var (supabase, publer) = (Options<SupabaseOptions>(wired), Options<PublerOptions>(wired));

        Assert.Equal((IntegrationState.CredentialsMissing, IntegrationState.CredentialsMissing), (supabase.State, publer.State));
        Assert.Equal(["SUPABASE_URL", "SUPABASE_SERVICE_KEY"], supabase.MissingCredentials);
        Assert.Equal(["PUBLER_WORKSPACE_ID"], publer.MissingCredentials);
    }

    [Theory]
    [InlineData("mock", null, IntegrationState.Live)]
    [InlineData("live", "false", IntegrationState.Live)]
    [InlineData("sandbox", "true", IntegrationState.Disabled)]
    public async Task What_has_no_flag_is_real_until_it_is_rolled_back(string mode, string? rolledBack, IntegrationState state)
    {
        await using var wired = new Wired(settings: [("Integrations:Mode", mode), ("Integrations:chatwoot:RolledBack", rolledBack)]);

        Assert.Equal(state, Options<ChatwootOptions>(wired).State);
    }

    [Fact]
    public async Task A_base_address_replaces_the_providers_own()
    {
        await using var wired = new Wired(settings: [("SUPABASE_URL", null), ("SUPABASE_BASE_URL", "http://127.0.0.1:5000/supabase/")]);
        await using var plain = new Wired(settings: ("PUBLER_BASE_URL", null));

        Assert.Equal("http://127.0.0.1:5000/supabase/", Options<SupabaseOptions>(wired).BaseAddress!.AbsoluteUri);
        Assert.Equal("https://publer.example/base/", Options<PublerOptions>(wired).BaseAddress!.AbsoluteUri);
        Assert.Equal("https://app.publer.com/", Options<PublerOptions>(plain).BaseAddress!.AbsoluteUri);
    }

    [Theory]
    [InlineData("PUBLER_LIVE", "maybe")]
    [InlineData("IDEA_POOL_LIVE", "2")]
    [InlineData("Integrations:Mode", "production")]
    [InlineData("SUPABASE_URL", "project.example")]
    [InlineData("SUPABASE_BASE_URL", "ftp://project.example")]
    [InlineData("PUBLER_BASE_URL", "https://user:password@publer.example")]
    [InlineData("PUBLER_API_KEY", "two words")]
    [InlineData("SUPABASE_SERVICE_KEY", "clé-two-words")]
    [InlineData("CHATWOOT_ACCOUNT_ID", "my-shop")]
    [InlineData("CHATWOOT_ACCOUNT_ID", "-5")]
    [InlineData("Integrations:chatwoot:RolledBack", "perhaps")]
    [InlineData("ALERT_WEBHOOK_URL", "receiver.example")]
    [InlineData("ALERT_WEBHOOK_SECRET", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")]
    [InlineData("ALERT_WEBHOOK_SECRET", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=")] // 23 bytes
    [InlineData("ALERT_WEBHOOK_SECRET", "whsec_AAECAwQFBgcICQoLDA0O-xAREhMUFRYX")]
    [InlineData("Integrations:Limits:publer", "99")]
    [InlineData("Integrations:Limits:publer", "0/7m")]
    [InlineData("Integrations:Limits:publer", "100/0s")]
    [InlineData("Integrations:Limits:supabase", "100/2 minutes")]
    [InlineData("Integrations:publer:Timeouts:Attempt", "soon")]
    [InlineData("Integrations:publer:Timeouts:Total", "9s")]
    [InlineData("Integrations:publer:Retry:MaxAttempts", "11")]
    [InlineData("Integrations:publer:Retry:MaxAttempts", "2.5")]
    [InlineData("Integrations:publer:Retry:BackoffMultiplier", "0.5")]
    [InlineData("Integrations:publer:Retry:MaxBackoff", "900ms")]
    [InlineData("Integrations:publer:CircuitBreaker:FailureThreshold", "-7")]
    [InlineData("Integrations:publer:CircuitBreaker:HalfOpenMaxAttempts", "many")]
    [InlineData("Integrations:publer:RetryBudget:Share", "20%")]
    public async Task A_host_with_a_malformed_setting_does_not_start_and_names_it(string name, string value)
    {
        (string, string?)[] settings = name is "Integrations:Mode" ? [(name, value)] : [(name, value), ("Integrations:Mode", "live")];
        await using var wired = new Wired(settings: settings);

        var refused = await Assert.ThrowsAnyAsync<Exception>(wired.StartAsync);

        // What two integrations share is refused twice.
        var refusal = Assert.IsType<OptionsValidationException>(refused is AggregateException both ? both.Flatten().InnerExceptions[0] : refused);
        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal.Message.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_any_setting_starts_on_mocks()
    {
        (string Name, string?)[] none = [.. Wired.Live.Select(setting => (setting.Name, (string?)null))];
        await using var wired = new Wired(settings: none);

        await wired.StartAsync();

        Assert.All(wired.Services.GetServices<IntegrationOptions>(), options =>
            Assert.Contains(options.State, new[] { IntegrationState.Mock, IntegrationState.CredentialsMissing }));
    }

    [Theory]
    [InlineData(null, 100, 120)]
    [InlineData("600/1m", 600, 60)]
    [InlineData("5/500ms", 5, 0.5)]
    [InlineData("1000/1h", 1000, 3600)]
    public async Task A_limit_is_requests_per_window(string? setting, int requests, double seconds)
    {
        await using var wired = new Wired(settings: ("Integrations:Limits:publer", setting));

        Assert.Equal(new RateLimit(requests, TimeSpan.FromSeconds(seconds)), Options<PublerOptions>(wired).Limit);
        Assert.Null(Options<SupabaseOptions>(wired).Limit);
    }

    [Fact]
    public async Task Options_do_not_print_their_secrets()
    {
        await using var wired = new Wired();

        var printed = string.Concat(wired.Services.GetServices<IntegrationOptions>());

        Assert.DoesNotContain(ProviderUnderTest.Marker, printed, StringComparison.Ordinal);
    }

    private static T Options<T>(Wired wired)
        where T : notnull => wired.Services.GetRequiredService<T>();
}
