using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Social;
using HotDash.Pollers.Jobs.Analytics;
using HotDash.Pollers.Jobs.Calendar;
using HotDash.Pollers.Jobs.Commerce;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Jobs.Maintenance;
using HotDash.Pollers.Jobs.Registry;
using HotDash.Pollers.Jobs.Social;
using HotDash.Pollers.Jobs.Support;

namespace HotDash.Pollers.Jobs;

/// <summary>Everything that runs in the background, and how often.</summary>
internal static class JobList
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddJob<SendPost, SendPostPayload>(SocialJobs.SendPost, timeout: TimeSpan.FromMinutes(1))
        .AddJob<TrackPost, TrackPostPayload>(SocialJobs.TrackPost, timeout: TimeSpan.FromMinutes(2))
        .AddJob<MirrorReceipts, MirrorReceiptsPayload>(SocialJobs.MirrorReceipts, timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<WatchPosts>(SocialJobs.WatchPosts, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<KeepConversations>("support.keep-conversations", every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<KeepOrders>(CommerceJobs.KeepOrders, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<KeepInventory>(CommerceJobs.KeepInventory, every: TimeSpan.FromMinutes(5), timeout: TimeSpan.FromSeconds(30))
        .AddRecurringJob<KeepGoogleTraffic>("analytics.keep-google", every: TimeSpan.FromMinutes(30), timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<KeepPlausibleTraffic>("analytics.keep-plausible", every: TimeSpan.FromMinutes(30), timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<KeepSearches>("analytics.keep-searches", every: TimeSpan.FromHours(6), timeout: TimeSpan.FromMinutes(1))
        .AddJob<SyncEvent, SyncEventPayload>(CalendarJobs.SyncEvent, timeout: TimeSpan.FromMinutes(1))
        .AddRecurringJob<CompareCalendar>(CalendarJobs.Compare, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMinutes(5))
        .AddJob<ReplayLetters, ReplayPayload>(ReplayJobs.Replay, timeout: TimeSpan.FromMinutes(2))
        .AddRecurringJob<TidyLetters>(ReplayJobs.Tidy, every: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringJob<CheckIntegrations>("registry.check-integrations", CheckIntegrations.Every, timeout: TimeSpan.FromSeconds(50))
        .AddRecurringJob<PruneDeadJobs>("jobs.prune-dead", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5))
        .AddRecurringJob<PruneOutcomes>("outcomes.prune", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5));
}
