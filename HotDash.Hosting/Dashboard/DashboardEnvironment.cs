namespace Aspire.Hosting.Dashboard;

/// <summary>Addresses as text, or as expressions that the engine resolves when it starts the dashboard.</summary>
/// <param name="Public">Where the browser finds the dashboard.</param>
/// <param name="Frontend">Where the dashboard itself listens for browsers.</param>
/// <param name="OtlpGrpc">Where it listens for telemetry over gRPC.</param>
/// <param name="OtlpHttp">Where it listens for telemetry over HTTP.</param>
internal sealed record DashboardAddresses(object Public, object Frontend, object OtlpGrpc, object OtlpHttp);

/// <summary>How the dashboard is told everything: https://aspire.dev/dashboard/configuration/.</summary>
internal static class DashboardEnvironment
{
    public static Dictionary<string, object> For(DashboardOptions options, DashboardAddresses addresses, Uri resourceService)
    {
        string Mode(string secured) => options.AllowAnonymous ? "Unsecured" : secured;

        return new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_TieredPGO"] = "0", // it starts sooner
            ["ASPNETCORE_URLS"] = addresses.Frontend,
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = addresses.OtlpGrpc,
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = addresses.OtlpHttp,
            ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.ToString(),
            ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = options.ResourceServiceApiKey,
            ["DASHBOARD__FRONTEND__PUBLICURL"] = addresses.Public,
            ["DASHBOARD__FRONTEND__AUTHMODE"] = Mode("BrowserToken"),
            ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken,
            ["DASHBOARD__OTLP__AUTHMODE"] = Mode("ApiKey"),
            ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey,
            ["DASHBOARD__API__AUTHMODE"] = Mode("ApiKey"),
            ["DASHBOARD__API__PRIMARYAPIKEY"] = options.ApiKey,
        };
    }
}
