using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Alerts;

public sealed class AlertOptionsTests
{
    [Fact]
    public void A_setting_goes_over_the_usual_rule_and_an_indicator_can_be_switched_off()
    {
        var options = Read(
            ("Alerts:Indicators:rate-limited:Alert", "0.2"), ("Alerts:Indicators:rate-limited:MinSample", "7"), ("Alerts:Indicators:rate-limited:Window", "01:00:00"),
            ("Alerts:Indicators:post-delivery:Off", "true"));

        var rules = options.Rules().ToDictionary(rule => rule.Indicator.Name, rule => rule.Rule);

        Assert.Equal(new IndicatorRule(0.01, 0.2, 0.05, 7, TimeSpan.FromHours(1)), rules["rate-limited"]);
        Assert.Equal(IndicatorList.All.Count - 1, rules.Count);
    }

    [Fact]
    public void A_topics_silence_is_judged_as_the_webhooks_settings_say()
    {
        var options = Read(
            ("Webhooks:Silence:Factor", "3"), ("Webhooks:Silence:AtLeast", "01:00:00"), ("Webhooks:Silence:MinSample", "50"), ("Alerts:Indicators:webhook-silence:Clear", "2"));

        var (indicator, rule) = options.Rules().Single(rule => rule.Indicator.Name is "webhook-silence");

        Assert.Equal(new IndicatorRule(1, 3, 2, 50, TimeSpan.FromMinutes(15)), rule);
        Assert.Contains("greatest(extract(epoch from usual), 1200)", indicator.Sql, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Alerts:Indicators:nonsense:Alert", "0.2", "Alerts:Indicators:nonsense is no indicator")]
    [InlineData("Alerts:Indicators:rate-limited:Alert", "1.5", "Alerts:Indicators:rate-limited:Alert must be a share from 0 to 1.")]
    [InlineData("Alerts:Indicators:rate-limited:Expected", "NaN", "Alerts:Indicators:rate-limited:Expected must be a share from 0 to 1.")]
    [InlineData("Alerts:Indicators:rate-limited:Clear", "0.11", "Alerts:Indicators:rate-limited:Clear must not be worse than Alert.")]
    [InlineData("Alerts:Indicators:post-delivery:Clear", "0.94", "Alerts:Indicators:post-delivery:Clear must not be worse than Alert.")]
    [InlineData("Alerts:Indicators:rate-limited:MinSample", "0", "Alerts:Indicators:rate-limited:MinSample must be at least 1.")]
    [InlineData("Alerts:Indicators:rate-limited:Window", "30.00:00:00", "Alerts:Indicators:rate-limited:Window must be")]
    [InlineData("Alerts:ClearAfter", "00:00:01", "Alerts:ClearAfter must be")]
    public void A_host_with_a_rule_that_makes_no_sense_does_not_start_and_names_it(string name, string value, string complaint)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read((name, value)));

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    private static AlertOptions Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        using var provider = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddWebhooks().AddAlerts().BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AlertOptions>>().Value;
    }
}
