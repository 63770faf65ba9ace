using System.Text.RegularExpressions;

namespace HotDash.Integrations.Shopify;

/// <summary>The connection to the merchant's shop: <c>SHOPIFY_SHOP</c>, <c>SHOPIFY_ACCESS_TOKEN</c>, <c>SHOPIFY_API_VERSION</c>. There is no flag.</summary>
public sealed partial class ShopifyOptions : IntegrationOptions
{
    /// <summary>Since then changes of stock carry a key and what was there before.</summary>
    private const string OldestVersion = "2026-04";

    private string? _accessToken;

    public ShopifyOptions()
        : base("shopify", "shopify")
    {
    }

    /// <summary>Quarterly, each good for a year: https://shopify.dev/docs/api/usage/versioning</summary>
    public string ApiVersion { get; private set; } = "2026-07";

    /// <summary>The shop that changes are approved for.</summary>
    internal string Account { get; private set; } = "";

    /// <summary>Learnt from the replies of all calls together.</summary>
    internal ShopifyCosts Costs { get; } = new();

    internal string Endpoint => $"admin/api/{ApiVersion}/graphql.json";

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        .. ShopifyOperation.All.Append(ShopifyOperation.Schema).Append(ShopifyOperation.SchemaType).Select(operation => operation.Declared),
    ];

    public override string Webhooks => "of the app, signed: `SHOPIFY_WEBHOOK_SECRET`";

    internal override void Bind(IntegrationSettings settings)
    {
        var shop = Shop(settings);
        BaseAddress = settings.Address("SHOPIFY_BASE_URL") ?? shop;
        Account = (shop ?? BaseAddress)?.Authority ?? "";
        _accessToken = settings.Credential("SHOPIFY_ACCESS_TOKEN");
        ApiVersion = Version(settings) ?? ApiVersion;
        Resilience.ReadReply = Costs.Read;

        BindAlwaysReal(settings,
        [
            .. BaseAddress is null ? ["SHOPIFY_SHOP"] : Array.Empty<string>(),
            .. _accessToken is null ? ["SHOPIFY_ACCESS_TOKEN"] : Array.Empty<string>(),
        ]);
    }

    internal override void Authorize(HttpClient http) => http.DefaultRequestHeaders.Add("X-Shopify-Access-Token", _accessToken);

    private static Uri? Shop(IntegrationSettings settings) => settings.Text("SHOPIFY_SHOP") switch
    {
        null => null,
        var shop when ShopName().Match(shop) is { Success: true } match => new($"https://{match.Groups["name"].Value}.myshopify.com/"),
        _ => throw IntegrationSettings.Refuse("SHOPIFY_SHOP", "must be the shop's name, as in <name>.myshopify.com"),
    };

    private static string? Version(IntegrationSettings settings) => settings.Text("SHOPIFY_API_VERSION") switch
    {
        null => null,
        var version when Quarter().IsMatch(version) && string.CompareOrdinal(version, OldestVersion) >= 0 => version,
        _ => throw IntegrationSettings.Refuse("SHOPIFY_API_VERSION", $"must be a quarterly version such as 2026-07, and not before {OldestVersion}"),
    };

    [GeneratedRegex(@"^(?<name>[a-zA-Z0-9][a-zA-Z0-9-]{0,62})(\.myshopify\.com)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShopName();

    [GeneratedRegex(@"^20\d\d-(01|04|07|10)\z", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quarter();
}
