using System.Text;
using HotDash.Integrations;
using HotDash.Integrations.AlertWebhook;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.AlertWebhook;

public sealed class AlertWebhookTests
{
    private const string OtherSecret = "whsec_//ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly byte[] Message = Encoding.UTF8.GetBytes("""{"type":"alert.opened","timestamp":"2026-01-01T12:00:00Z","data":{"subject":"ä"}}""");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_HotDash_signs_is_taken_once_however_often_it_is_sent()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var services = sandbox.Clients();
        var client = services.GetRequiredService<AlertWebhookClient>();

        await client.SendAsync("one", Message, Ct);
        await client.SendAsync("one", Message, Ct);
        await client.SendAsync("two", Message, Ct);

        Assert.Equal(["one", "two"], (await sandbox.LedgerAsync("alert-webhook")).Select(effect => effect["details"]!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_another_secret_signed_or_what_is_no_message_is_refused()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var forger = sandbox.Clients(settings: ("ALERT_WEBHOOK_SECRET", OtherSecret));
        await using var services = sandbox.Clients();

        var forged = await Assert.ThrowsAsync<IntegrationException>(() => forger.GetRequiredService<AlertWebhookClient>().SendAsync("one", Message, Ct));
        var nonsense = await Assert.ThrowsAsync<IntegrationException>(() => services.GetRequiredService<AlertWebhookClient>().SendAsync("two", "{}"u8.ToArray(), Ct));

        Assert.Equal((IntegrationCodes.Unauthorized, IntegrationCodes.Rejected), (forged.Code, nonsense.Code));
        Assert.Empty(await sandbox.LedgerAsync("alert-webhook"));
    }
}
