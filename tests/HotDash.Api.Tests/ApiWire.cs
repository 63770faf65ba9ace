using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests;

/// <summary>The far ends of the api's calls.</summary>
internal class ApiWire
{
    public StubProvider Supabase { get; } = new();

    public StubProvider Publer { get; } = new();

    public StubProvider Chatwoot { get; } = new();

    public StubProvider Shopify { get; } = new();
    public StubProvider Plausible { get; } = new();

    public virtual void Connect(IServiceCollection services)
    {
        services.AddHttpClient("supabase").ConfigurePrimaryHttpMessageHandler(() => Supabase);
        services.AddHttpClient("chatwoot").ConfigurePrimaryHttpMessageHandler(() => Chatwoot);
        services.AddHttpClient("publer").ConfigurePrimaryHttpMessageHandler(() => Publer);
        services.AddHttpClient("shopify").ConfigurePrimaryHttpMessageHandler(() => Shopify);
        services.AddHttpClient("plausible").ConfigurePrimaryHttpMessageHandler(() => Plausible);
    }
}
