using HotDash.Api.Access;
using HotDash.Api.Features.Alerts;
using HotDash.Api.Features.Analytics;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Features.Audit;
using HotDash.Api.Features.Calendar;
using HotDash.Api.Features.Commerce;
using HotDash.Api.Features.DeadLetters;
using HotDash.Api.Features.Flags;
using HotDash.Api.Features.IdeaPool;
using HotDash.Api.Features.Keys;
using HotDash.Api.Features.Ofrep;
using HotDash.Api.Features.Registry;
using HotDash.Api.Features.Rollouts;
using HotDash.Api.Features.Social;
using HotDash.Api.Features.Stream;
using HotDash.Api.Features.Support;
using HotDash.Api.Features.Webhooks;
using HotDash.Api.OpenApi;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Analytics;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.IdeaPool;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using HotDash.ControlPlane.Social;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;

namespace HotDash.Api;

/// <summary>What the api consists of, and in which order a request passes through it.</summary>
public static class ApiHost
{
    public static WebApplicationBuilder AddHotDashApi(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddControlPlane();
        builder.AddFlags();
        builder.Services.AddIntegrations(builder.Configuration, Attempts.Several).AddIntegrationRegistry().AddRollouts().AddApprovals().AddAlerts();
        builder.Services.AddAuditReads().AddWebhooks();
        builder.AddStream();
        builder.AddProblems();
        builder.AddRequestRules();
        builder.AddAccess();
        builder.AddOpenApiDocument();
        builder.AddIdeaPool();
        builder.AddSocial();
        builder.AddSupport();
        builder.AddCommerce();
        builder.AddAnalytics();
        builder.AddCalendar();
        builder.Services.AddTransient<PostCheck>();

        return builder;
    }

    public static WebApplication UseHotDashApi(this WebApplication app)
    {
        app.UseProblems();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCallerAsUnit();
        app.UseRequestRules();

        app.MapDefaultEndpoints();

        var api = app.MapGroup("/api").WithCommonProblems();
        api.MapOpenApiDocument();
        api.MapKeys();
        api.MapIdeaPool();
        api.MapSocial();
        api.MapSupport();
        api.MapCommerce();
        api.MapAnalytics();
        api.MapCalendar();
        api.MapDeadLetters();
        api.MapRegistry();
        api.MapFlags();
        api.MapAudit();
        api.MapStream();
        api.MapRollouts();
        api.MapWebhooks();
        api.MapApprovals();
        api.MapAlerts();
        app.MapOfrep();
        app.MapWebhookIntake();

        return app;
    }
}
