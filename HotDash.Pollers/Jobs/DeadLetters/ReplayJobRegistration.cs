namespace HotDash.Pollers.Jobs.DeadLetters;

internal static class ReplayJobRegistration
{
    /// <summary>What the feature's jobs need beyond the feature itself.</summary>
    public static void AddReplayJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient<ReplayAdapters>();
        builder.Services.AddTransient<ReplayStep>();
        builder.Services.AddTransient<ReplaySend>();
        builder.Services.AddTransient<PreviewLook>();
    }
}
