using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HotDash.Api.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void The_api_can_build_every_service_it_registers()
    {
        var builder = Builder();

        using var app = (IDisposable)builder.AddHotDashApi().Build();
    }

    [Fact]
    public async Task An_api_whose_settle_window_proves_nothing_does_not_start()
    {
        var builder = Builder(("Social:SettleWindow", "00:00:30"), ("Social:CreationLag", "00:01:00"));
        await using var app = builder.AddHotDashApi().Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Social:SettleWindow", refusal.Message, StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", "Host=127.0.0.1;Port=1"), new("DATA_PROTECTION_KEY", "only for tests, and long"), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]);
        return builder;
    }
}
