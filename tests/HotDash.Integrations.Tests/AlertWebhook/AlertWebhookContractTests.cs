using System.Net;
using HotDash.Integrations.AlertWebhook;
using HotDash.TestKit;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.AlertWebhook;

public sealed class AlertWebhookContractTests : ProviderContract
{
    private const string Address = "ALERT_WEBHOOK_URL";
    private const string Secret = "ALERT_WEBHOOK_SECRET";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "alert-webhook",
        Settings = [(Address, "https://receiver.example/alerts"), (Secret, "whsec_cGxhbnRlZC1zZWNyZXQtb2YtMjQtYnl0")],
        AddressSetting = Address,
        Unmarked = [Secret],
        Write = (services, ct) => services.GetRequiredService<AlertWebhookClient>().SendAsync("0199", "{}"u8.ToArray(), ct),
        WriteMayBeRepeated = true,
        WriteIgnoresReply = true,
        Differs = new Dictionary<string, string>(StringComparer.Ordinal) { ["write: truncated JSON"] = "ok", ["write: wrong schema"] = "ok", ["write: HTML"] = "ok" },
    };

    [Theory]
    [InlineData(200, null)]
    [InlineData(404, null)]
    [InlineData(405, null)]
    [InlineData(501, null)]
    [InlineData(302, "unexpected_reply")]
    [InlineData(500, "unavailable")]
    public async Task A_receiver_that_knows_nothing_but_messages_is_well(int status, string? failure)
    {
        using var receiver = new StubProvider().AlwaysReplies((HttpStatusCode)status);
        await using var wired = new Wired(receiver);

        var health = await wired.Get<HealthChecks>().CheckAsync(wired.Get<AlertWebhookOptions>(), TestContext.Current.CancellationToken);

        Assert.Equal(failure, health.Problem?.Failure);
        Assert.Equal("OPTIONS https://receiver.example/alerts", Assert.Single(receiver.Requests.Select(request => $"{request.Method} {request.Address}")));
    }

    [Fact]
    public async Task Without_an_address_there_is_no_such_integration()
    {
        await using var wired = new Wired(settings: (Address, null));

        Assert.DoesNotContain(wired.Get<IEnumerable<IntegrationOptions>>(), integration => integration.Key is "alert-webhook");
    }
}
