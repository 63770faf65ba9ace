using HotDash.ControlPlane.Flags;
using HotDash.Integrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class FlagVariablesTests
{
    [Fact]
    public void A_flag_has_the_variable_of_its_name()
    {
        var variables = Read(("FLAG_AI_COACHING_V2", "yes"), ("FLAG_EXPORT_PDF", "0"), ("FLAGS_OTHER", "true"));

        Assert.Equal(new FlagVariable("FLAG_AI_COACHING_V2", On: true), variables.Of("ai_coaching_v2"));
        Assert.False(variables.Of("export_pdf")!.On);
        Assert.Null(variables.Of("other"));
    }

    [Fact]
    public void An_integrations_flag_has_the_variables_of_the_integration_and_the_first_that_is_set_decides()
    {
        var both = Read(("IDEA_POOL_SUPABASE_ENABLED", "off"), ("IDEA_POOL_LIVE", "on"));
        var alias = Read(("IDEA_POOL_LIVE", "ON"));

        Assert.Equal(new FlagVariable("IDEA_POOL_SUPABASE_ENABLED", On: false), both.Of("idea_pool_supabase"));
        Assert.Equal(new FlagVariable("IDEA_POOL_LIVE", On: true), alias.Of("idea_pool_supabase"));
    }

    [Theory]
    [InlineData("FLAG_EXPORT_PDF", "perhaps")]
    [InlineData("PUBLER_LIVE", "2")]
    [InlineData("Integrations:Mode", "real")]
    [InlineData("FLAG_PUBLER_LIVE", "true")]
    public void What_cannot_be_read_is_refused_by_name_and_not_repeated(string name, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read((name, value)));

        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value is "true" ? "\0" : value, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("mock", false)]
    [InlineData("sandbox", true)]
    [InlineData("live", true)]
    public void The_mode_decides_for_integrations_flags_that_nobody_has_set_and_for_no_others(string? mode, bool on)
    {
        var snapshot = FlagSnapshot.Unread(mode is null ? Read() : Read(("Integrations:Mode", mode)));
        var other = FlagSnapshot.Compile(Flag.New("checkout") with { Enabled = null }, new Dictionary<string, bool>(StringComparer.Ordinal), Read(("Integrations:Mode", "live")));

        Assert.All(IntegrationFlags.All, flag => Assert.Equal(
            new(flag.IsAlwaysReal || on, FlagReason.Static), snapshot.Find(flag.Name)!.Decide(null, null, TimeProvider.System)));
        Assert.False(other.Decide(null, null, TimeProvider.System).On);
    }

    [Fact]
    public void A_flags_name_is_its_first_variable_in_small_letters()
    {
        Assert.All(IntegrationFlags.All.Where(flag => !flag.IsAlwaysReal), flag => Assert.Equal(flag.Name, flag.Variables[0].ToLowerInvariant().Replace("_enabled", "", StringComparison.Ordinal)));
    }

    internal static FlagVariables Read(params (string Name, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
