using HotDash.ControlPlane.Webhooks;
using HotDash.Pollers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.Api.Tests;

/// <summary>The pollers as production builds them, beside an api and on its database, with handlers of a test besides their own.</summary>
internal static class PollersUnderTest
{
    public static async Task<WebApplication> StartAsync(string connectionString, ApiWire wire, IEnumerable<(string Name, string Value)> settings, params IEnumerable<IWebhookHandler> handlers)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", ApiUnderTest.DataProtectionKey), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]);
        builder.AddHotDashPollers();
        wire.Connect(builder.Services);
        foreach (var handler in handlers)
            builder.Services.AddSingleton(handler);

        var app = builder.Build();
        app.UseHotDashPollers();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
