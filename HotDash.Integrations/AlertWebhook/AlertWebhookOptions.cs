namespace HotDash.Integrations.AlertWebhook;

/// <summary>Where alerts are sent on to: <c>ALERT_WEBHOOK_URL</c>, signed with <c>ALERT_WEBHOOK_SECRET</c>. Without an address there is no such integration.</summary>
public sealed class AlertWebhookOptions : IntegrationOptions
{
    public const string AddressName = "ALERT_WEBHOOK_URL";
    public const string SecretName = "ALERT_WEBHOOK_SECRET";

    public AlertWebhookOptions()
        : base("alert-webhook", "alert-webhook")
    {
    }

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("look"),
        Operation.WritesAgain("send-message", "the receiver knows a message by its `webhook-id`"),
    ];

    public override string AddressVariable => AddressName;

    internal WebhookSecret? Secret { get; private set; }

    /// <summary>As it was configured: a slash at its end may matter to the receiver.</summary>
    internal Uri? Receiver { get; private set; }

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address(AddressName);
        Receiver = BaseAddress is null ? null : new(settings.Text(AddressName)!);
        Secret = settings.Text(SecretName) is not { } text ? null
            : WebhookSecret.TryParse(text) ?? throw IntegrationSettings.Refuse(SecretName, "must be whsec_ and 24 to 64 random bytes in base64");

        BindAlwaysReal(settings, [.. Receiver is null ? [AddressName] : Array.Empty<string>(), .. Secret is null ? [SecretName] : Array.Empty<string>()]);
    }

    internal override void Authorize(HttpClient http)
    {
        // The signature is each message's own.
    }
}
