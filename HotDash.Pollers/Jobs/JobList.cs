using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Analytics;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Social;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Webhooks;
using HotDash.ControlPlane.Webhooks.Subscriptions;
using HotDash.Pollers.Jobs.Alerts;
using HotDash.Pollers.Jobs.Approvals;
using HotDash.Pollers.Jobs.Calendar;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Jobs.Maintenance;
using HotDash.Pollers.Jobs.Registry;
using HotDash.Pollers.Jobs.Rollouts;
using HotDash.Pollers.Jobs.Social;
using HotDash.Pollers.Jobs.Support;
using HotDash.Pollers.Jobs.Webhooks;

namespace HotDash.Pollers.Jobs;

/// <summary>Everything that runs in the background, and how often.</summary>
internal static class JobList
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddJob<SendPost, SendPostPayload>(SocialJobs.SendPost, timeout: TimeSpan.FromMinutes(1))
        .AddJob<TrackPost, TrackPostPayload>(SocialJobs.TrackPost, timeout: TimeSpan.FromMinutes(2))
        .AddJob<MirrorReceipts, MirrorReceiptsPayload>(SocialJobs.MirrorReceipts, timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<WatchPosts>(SocialJobs.WatchPosts, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromSeconds(30))
        .AddSnapshots()
        .AddJob<SyncEvent, SyncEventPayload>(CalendarJobs.SyncEvent, timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<CompareCalendar>(CalendarJobs.Compare, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMinutes(5))
        .AddJob<WriteNote, WriteNotePayload>(SupportJobs.WriteNote, timeout: TimeSpan.FromMinutes(2))
        .AddJob<ApplyLabels, ApplyLabelsPayload>(SupportJobs.ApplyLabels, timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<KeepLabels>(SupportJobs.KeepLabels, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<PruneMessages>(SupportJobs.PruneMessages, every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5))
        .AddJob<SendApproved, SendApprovedPayload>(ApprovalJobs.Send, timeout: TimeSpan.FromMinutes(2))
        .AddRecurringJob<ExpireApprovals>(ApprovalJobs.Expire, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringJob<MirrorGrades>(ApprovalJobs.MirrorGrades, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromSeconds(30))
        .AddJob<ReplayLetters, ReplayPayload>(ReplayJobs.Replay, timeout: TimeSpan.FromMinutes(2))
        .AddRecurringJob<TidyLetters>(ReplayJobs.Tidy, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMinutes(5))
        .AddJob<HandleWebhooks, HandleWebhooksPayload>(WebhookJobs.Handle, timeout: TimeSpan.FromMinutes(2))
        .AddRecurringCall<WebhookUpkeep>(WebhookJobs.Sweep, every: TimeSpan.FromSeconds(5), timeout: TimeSpan.FromSeconds(30), (inbox, ct) => inbox.SweepAsync(ct))
        .AddRecurringJob<PruneWebhooks>(WebhookJobs.Prune, every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringCall<SubscriptionWatch>(WebhookJobs.WatchChatwoot, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromMinutes(5), (watch, ct) => watch.LookAsync("chatwoot", ct))
        .AddRecurringCall<SubscriptionWatch>(WebhookJobs.WatchShopify, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromMinutes(5), (watch, ct) => watch.LookAsync("shopify", ct))
        .AddJob<LookAtShopify, LookAtShopifyPayload>(CommerceJobs.LookAtShopify, timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<CheckIntegrations>("registry.check-integrations", CheckIntegrations.Every, timeout: TimeSpan.FromSeconds(50))
        .AddRecurringJob<JudgeRollouts>("rollouts.judge", every: TimeSpan.FromSeconds(10), timeout: TimeSpan.FromSeconds(50))
        .AddJob<SendMessage, SendMessagePayload>(AlertJobs.Send, timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<CheckIndicators>(AlertJobs.Check, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromSeconds(50))
        .AddRecurringJob<PruneAlerts>(AlertJobs.Prune, every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringJob<PruneDeadJobs>("jobs.prune-dead", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringJob<PruneOutcomes>("outcomes.prune", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5));

    /// <summary>Recent answers, at hand when a provider is away, also if nobody has asked. One job each, so that one that fails holds up no other.</summary>
    private static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddRecurringCall<SupportReads>(SupportJobs.KeepConversations, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30), (support, ct) => support.RefreshAsync(ct))
        .AddRecurringCall<CommerceReads>(CommerceJobs.KeepOrders, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30), (commerce, ct) => commerce.KeepOrdersAsync(ct))
        .AddRecurringCall<CommerceReads>(CommerceJobs.KeepInventory, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30), (commerce, ct) => commerce.KeepInventoryAsync(ct))
        .AddRecurringCall<AnalyticsSnapshots>("analytics.keep-google", every: TimeSpan.FromMinutes(30), timeout: TimeSpan.FromMinutes(1), (analytics, ct) => analytics.KeepTrafficAsync(TrafficProvider.Ga4, ct))
        .AddRecurringCall<AnalyticsSnapshots>("analytics.keep-plausible", every: TimeSpan.FromMinutes(30), timeout: TimeSpan.FromMinutes(1), (analytics, ct) => analytics.KeepTrafficAsync(TrafficProvider.Plausible, ct))
        .AddRecurringCall<AnalyticsSnapshots>("analytics.keep-searches", every: TimeSpan.FromHours(6), timeout: TimeSpan.FromMinutes(1), (analytics, ct) => analytics.KeepSearchesAsync(ct));
}
