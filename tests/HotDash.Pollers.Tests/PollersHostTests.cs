using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.Pollers.Tests;

public sealed class PollersHostTests
{
    [Fact]
    public void Pollers_can_build_every_service_they_register()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateOnBuild, o.ValidateScopes) = (true, true));
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", "Host=localhost"), new("DATA_PROTECTION_KEY", "0123456789abcdef")]);

        var app = builder.AddHotDashPollers().Build();

        Assert.NotEmpty(app.Services.GetServices<IHostedService>());
    }
}
