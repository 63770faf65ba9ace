using HotDash.ControlPlane;
using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Analytics;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using HotDash.Pollers.Jobs;
using HotDash.Pollers.Jobs.Approvals;
using HotDash.Pollers.Jobs.Calendar;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Jobs.Social;
using HotDash.Pollers.Runner;

namespace HotDash.Pollers;

/// <summary>What the pollers are made of.</summary>
public static class PollersHost
{
    public static WebApplicationBuilder AddHotDashPollers(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddControlPlane();
        builder.AddFlags();
        builder.Services.AddIntegrations(builder.Configuration, Attempts.One).AddIntegrationRegistry().AddRollouts().AddAlerts();
        builder.AddSocialJobs();
        builder.AddSupport();
        builder.AddCommerce();
        builder.AddAnalytics();
        builder.AddCalendarJobs();
        builder.AddReplayJobs();
        builder.AddApprovalJobs();
        builder.Services.AddAuditSequencer().AddWebhookHandling();
        builder.Services.AddJobs().AddJobRunner();

        return builder;
    }

    public static WebApplication UseHotDashPollers(this WebApplication app) => app.MapDefaultEndpoints();
}
