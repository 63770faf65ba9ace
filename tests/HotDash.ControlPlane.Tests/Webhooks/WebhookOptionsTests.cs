using HotDash.ControlPlane.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Webhooks;

public sealed class WebhookOptionsTests
{
    private const string Good = "whsec_Y2FuYXJ5LXN0YW5kYXJkLXNlY3JldA==";

    [Theory]
    [InlineData("Webhooks:Sources:acme:Secret", "canary-not-base64", "Webhooks:Sources:acme:Secret must be whsec_")]
    [InlineData("Webhooks:Sources:acme:Secret", "whsec_Y2FuYXJ5", "Webhooks:Sources:acme:Secret must be whsec_")]
    [InlineData("Webhooks:Sources:acme:Secret", "whpk_canary-not-base64", "Webhooks:Sources:acme:Secret must be whsec_")]
    [InlineData("Webhooks:Sources:acme:Secret", "whpk_Y2FuYXJ5LXN0YW5kYXJkLXNlY3JldA==", "Webhooks:Sources:acme:Secret must be whsec_")]
    [InlineData("Webhooks:Sources:acme:Secret", "whsk_canary", "Webhooks:Sources:acme:Secret is the sender's private key")]
    [InlineData("Webhooks:Sources:acme:PreviousSecret", Good, "Webhooks:Sources:acme:Secret must be whsec_")]
    [InlineData("Webhooks:Sources:a b:Secret", Good, "Webhooks:Sources:a b")]
    [InlineData("Webhooks:Sources:shopify:Secret", Good, "Webhooks:Sources:shopify")]
    [InlineData("Webhooks:Tolerance", "00:00:00", "Webhooks:Tolerance")]
    [InlineData("Webhooks:Tolerance", "soon", "Webhooks:Tolerance")]
    [InlineData("Webhooks:MaxAttempts", "0", "Webhooks:MaxAttempts")]
    [InlineData("Webhooks:Kept", "366.00:00:00", "Webhooks:Kept")]
    [InlineData("Webhooks:PublicAddress", "hotdash.example", "Webhooks:PublicAddress")]
    [InlineData("Webhooks:PublicAddress", "ftp://hotdash.example", "Webhooks:PublicAddress")]
    [InlineData("Webhooks:PublicAddress", "https://hotdash.example/api", "Webhooks:PublicAddress")]
    [InlineData("Webhooks:Silence:Factor", "0.5", "Webhooks:Silence:Factor")]
    [InlineData("Webhooks:Silence:AtLeast", "00:00:01", "Webhooks:Silence:AtLeast")]
    [InlineData("Webhooks:Silence:MinSample", "2", "Webhooks:Silence:MinSample")]
    public void A_setting_that_cannot_be_is_named_and_no_secret_is_told(string name, string value, string told)
    {
        var failure = Assert.ThrowsAny<Exception>(() => Read((name, value)));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Good, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_secret_is_looked_at_as_the_first_is_and_a_key_needs_what_can_check_it()
    {
        var unreadable = new StandardSender { Secret = Good, PreviousSecret = "canary" };
        var asymmetric = new StandardSender { Secret = Good, PreviousSecret = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" };

        Assert.Equal("PreviousSecret", unreadable.Problem(ed25519: true)?.Name);
        Assert.Null(asymmetric.Problem(ed25519: true));
        Assert.Equal("PreviousSecret", asymmetric.Problem(ed25519: false)?.Name);
        Assert.Contains("install OpenSSL", asymmetric.Problem(ed25519: false)?.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", unreadable.Problem(ed25519: true)?.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_let_in_who_is_not_configured()
    {
        Assert.Empty(Read().All);
        Assert.Equal(["acme"], Read(("Webhooks:Sources:acme:Secret", Good)).All.Keys);
        Assert.Equal(["chatwoot"], Read(("Webhooks:PublicAddress", "https://hotdash.example")).All.Keys); // it makes up its secret when it is subscribed
        Assert.Equal(["chatwoot", "shopify"], Read(("CHATWOOT_WEBHOOK_SECRET", "c"), ("SHOPIFY_WEBHOOK_SECRET", "s"), ("SHOPIFY_WEBHOOK_SECRET_PREVIOUS", "")).All.Keys);
    }

    private static WebhookOptions Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddWebhooks().BuildServiceProvider();

        return services.GetRequiredService<IOptions<WebhookOptions>>().Value;
    }
}
