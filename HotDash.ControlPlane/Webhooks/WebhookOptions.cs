using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Who may send webhooks, and what they sign with (section <c>Webhooks</c>). A class: a record would print the secrets.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>How old a signed time may be, and how far ahead.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Failures before an event is given up as poison.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long settled events are kept, and with them the memory of what was delivered already.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How providers reach HotDash: <c>https://hotdash.example</c>. They are subscribed for addresses below it.</summary>
    public Uri? PublicAddress { get; set; }

    public SilenceOptions Silence { get; } = new();

    /// <summary>Senders that follow https://www.standardwebhooks.com, by the name in their address.</summary>
    public IDictionary<string, StandardSender> Sources { get; } = new Dictionary<string, StandardSender>(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, WebhookSource> All { get; private set; } = new Dictionary<string, WebhookSource>(StringComparer.Ordinal);

    internal Uri? AddressOf(string source) => PublicAddress is null ? null : new(PublicAddress, $"/webhooks/{source}");

    internal void Read(IConfiguration configuration)
    {
        configuration.GetSection(Section).Bind(this);
        var sources = new List<WebhookSource>();
        if (WebhookSecrets.Of(configuration, "CHATWOOT_WEBHOOK_SECRET") is { } chatwoot)
            sources.Add(new ChatwootWebhooks(chatwoot));
        else if (PublicAddress is not null)
            sources.Add(new ChatwootWebhooks(new WebhookSecrets())); // learnt when HotDash subscribes
        if (WebhookSecrets.Of(configuration, "SHOPIFY_WEBHOOK_SECRET") is { } shopify)
            sources.Add(new ShopifyWebhooks(shopify));
        sources.AddRange(Sources.Where(sender => Problem(sender) is null).Select(sender => sender.Value.Source(sender.Key)));
        All = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
    }

    private static string? Problem(KeyValuePair<string, StandardSender> sender) => sender switch
    {
        { Key: "chatwoot" or "shopify" } => " has a scheme of its own: set its secret as a variable.",
        { Key: var name } when !WebhookNames.IsPlain(name) => " is no name for an address: use letters, digits and -.",
        _ => sender.Value.Problem(Ed25519Key.IsSupported) is { } problem ? $":{problem.Name} {problem.Why}" : null,
    };

    internal sealed class Check : IValidateOptions<WebhookOptions>
    {
        public ValidateOptionsResult Validate(string? name, WebhookOptions options)
        {
            List<string> problems = [.. options.Sources.Select(sender => (sender.Key, What: Problem(sender))).Where(found => found.What is not null)
                .Select(found => $"{Section}:Sources:{found.Key}{found.What}")];
            if (options.Tolerance < TimeSpan.FromSeconds(1) || options.Tolerance > TimeSpan.FromHours(1))
                problems.Add($"{Section}:Tolerance must be from a second to an hour.");
            if (options.MaxAttempts is < 1 or > 20)
                problems.Add($"{Section}:MaxAttempts must be from 1 to 20.");
            if (options.Kept < TimeSpan.FromDays(1) || options.Kept > TimeSpan.FromDays(365))
                problems.Add($"{Section}:Kept must be from a day to a year.");
            if (options.PublicAddress is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.PathAndQuery is not "/"))
                problems.Add($"{Section}:PublicAddress must be an address without a path, such as https://hotdash.example.");
            problems.AddRange(options.Silence.Problems($"{Section}:Silence"));

            return problems is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
