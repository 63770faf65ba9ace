using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.ServiceDefaults.Tests.Npgsql;

public sealed class NpgsqlRegistrationTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=u;Password=hidden;Database=d";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "ConnectionStrings__hotdash")]
    [InlineData("Password=hidden", "ConnectionStrings__hotdash")]
    [InlineData("Host=h;Port=hidden", "ConnectionStrings__hotdash")]
    [InlineData("postgres://u:hidden@h/d", "ConnectionStrings__hotdash")]
    [InlineData("Host=h;Hidden=hidden", "ConnectionStrings__hotdash")]
    public async Task A_host_without_a_usable_connection_string_does_not_start_and_names_the_variable_but_not_its_value(
        string connectionString, string variable)
    {
        using var host = Create(builder => builder.AddNpgsqlDataSource("hotdash"), ("ConnectionStrings:hotdash", connectionString));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Ct));

        Assert.Contains(variable, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_connection_string_of_the_host_beats_the_one_of_the_component()
    {
        using var host = Create(
            builder => builder.AddNpgsqlDataSource("hotdash"),
            ("ConnectionStrings:hotdash", "Host=first"),
            ("Aspire:Npgsql:hotdash:ConnectionString", "Host=second"));

        Assert.Equal("Host=first", host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
    }

    [Fact]
    public void The_component_section_serves_when_there_is_nothing_else_and_code_has_the_last_word()
    {
        using var host = Create(
            builder => builder.AddNpgsqlDataSource(
                "hotdash", settings => settings.ConnectionString += ";Port=7", store => store.ConnectionStringBuilder.Timeout = 8),
            ("Aspire:Npgsql:ConnectionString", "Host=general"),
            ("Aspire:Npgsql:hotdash:ConnectionString", "Host=special"));

        Assert.Equal("Host=special;Port=7;Timeout=8", host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
    }

    [Theory]
    [InlineData("false", HttpStatusCode.ServiceUnavailable)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task A_store_that_does_not_answer_makes_its_hosts_unhealthy_unless_told_otherwise(string disabled, HttpStatusCode status)
    {
        await using var app = await ObservedApp.StartAsync(
            builder =>
            {
                builder.Configuration.AddSettings(
                    ("ConnectionStrings:hotdash", Nowhere), ("Aspire:Npgsql:hotdash:DisableHealthChecks", disabled));
                builder.AddNpgsqlDataSource("hotdash");
            });

        using var health = await app.Client.GetAsync("/health", Ct);
        using var alive = await app.Client.GetAsync("/alive", Ct);

        Assert.Equal(status, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.DoesNotContain(app.Logs, log => log.Message?.Contains("hidden", StringComparison.Ordinal) == true);
    }

    private static IHost Create(Action<HostApplicationBuilder> configure, params (string, string)[] settings)
    {
        var builder = Worker.Create(settings);
        configure(builder);

        return builder.Build();
    }
}
