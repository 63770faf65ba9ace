using System.Security.Cryptography;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.SearchConsole;
using HotDash.TestKit;
using Microsoft.Extensions.Options;

namespace HotDash.Integrations.Tests.Google;

public sealed class GoogleSettingsTests
{
    [Theory]
    [InlineData("no key")]
    [InlineData("public key")]
    [InlineData("short key")]
    [InlineData("user")]
    [InlineData("no email")]
    [InlineData("no json")]
    [InlineData("no file")]
    public async Task A_host_with_a_key_file_that_is_none_does_not_start_and_does_not_say_where_it_is(string kind)
    {
        using var folder = TestFolder.Create();
        var path = folder["secret-place.json"];
        if (Content(kind) is { } content)
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        await using var wired = new Wired(settings: ("GOOGLE_APPLICATION_CREDENTIALS", path));

        var refused = await Assert.ThrowsAnyAsync<Exception>(wired.StartAsync);

        var refusal = Assert.IsType<OptionsValidationException>(refused is AggregateException both ? both.Flatten().InnerExceptions[0] : refused);
        Assert.StartsWith("GOOGLE_APPLICATION_CREDENTIALS must be the path of a readable key file", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-place", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_is_not_looked_at_while_the_flag_is_off()
    {
        await using var wired = new Wired(settings: [("ANALYTICS_REAL_DATA", "off"), ("CALENDAR_SYNC_ENABLED", "off"), ("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json")]);

        await wired.StartAsync();

        Assert.Equal((IntegrationState.Mock, IntegrationState.Mock), (wired.Get<GoogleAnalyticsOptions>().State, wired.Get<SearchConsoleOptions>().State));
    }

    [Fact]
    public async Task Missing_credentials_are_named()
    {
        await using var wired = new Wired(settings: [("GOOGLE_APPLICATION_CREDENTIALS", ""), ("GA4_PROPERTY_ID", ""), ("GSC_SITE_URL", null)]);

        Assert.Equal(["GA4_PROPERTY_ID", "GOOGLE_APPLICATION_CREDENTIALS"], wired.Get<GoogleAnalyticsOptions>().MissingCredentials);
        Assert.Equal(["GSC_SITE_URL", "GOOGLE_APPLICATION_CREDENTIALS"], wired.Get<SearchConsoleOptions>().MissingCredentials);
    }

    [Theory]
    [InlineData("GA4_PROPERTY_ID", "G-ABC123")]
    [InlineData("GSC_SITE_URL", "shop.example")]
    [InlineData("GSC_SITE_URL", "https://shop.example/path")]
    [InlineData("GSC_SITE_URL", "sc-domain:https://shop.example/")]
    [InlineData("GOOGLE_TOKEN_URL", "oauth2.googleapis.com")]
    public async Task A_host_with_a_malformed_setting_does_not_start_and_names_it(string name, string value)
    {
        await using var wired = new Wired(settings: (name, value));

        var refused = await Assert.ThrowsAnyAsync<Exception>(wired.StartAsync);

        var refusal = Assert.IsType<OptionsValidationException>(refused is AggregateException both ? both.Flatten().InnerExceptions[0] : refused);
        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
    }

    private static string? Content(string kind) => kind switch
    {
        "no key" => GoogleTestAccount.Json(privateKey: "no key"),
        "public key" => GoogleTestAccount.Json(privateKey: GoogleTestAccount.Key.ExportSubjectPublicKeyInfoPem()),
        "short key" => GoogleTestAccount.Json(privateKey: ShortKey()),
        "user" => GoogleTestAccount.Json(type: "authorized_user"),
        "no email" => GoogleTestAccount.Json(email: null),
        "no json" => "-----BEGIN",
        _ => null,
    };

    private static string ShortKey()
    {
        using var key = RSA.Create(1024);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
