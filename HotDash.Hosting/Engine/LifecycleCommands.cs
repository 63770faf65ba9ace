using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Start, stop and restart, for everything that is a process.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource, Func<string, ResourceInstance> find, CancellationToken appStopping)
    {
        Add("start", "Start", "Play", IconVariant.Filled, highlighted: true, StartState, instance =>
        {
            // It may wait for other resources; its state tells how far it is.
            _ = instance.StartAsync(appStopping);
            return Task.CompletedTask;
        });
        Add("stop", "Stop", "Stop", IconVariant.Filled, highlighted: true, StopState, instance => instance.StopAsync(appStopping));
        Add("restart", "Restart", "ArrowCounterclockwise", IconVariant.Regular, highlighted: false, RestartState,
            instance => instance.RestartAsync(appStopping));

        void Add(
            string name, string displayName, string icon, IconVariant variant, bool highlighted,
            Func<CustomResourceSnapshot, ResourceCommandState> state, Func<ResourceInstance, Task> run) =>
            resource.Annotations.Add(new ResourceCommandAnnotation(
                name,
                displayName,
                async context =>
                {
                    await run(find(context.ResourceName));
                    return CommandResults.Success();
                },
                new()
                {
                    IconName = icon,
                    IconVariant = variant,
                    IsHighlighted = highlighted,
                    UpdateState = context => state(context.ResourceSnapshot),
                }));
    }

    private static ResourceCommandState StartState(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        null or "Starting" or "Building" => ResourceCommandState.Disabled,
        "NotStarted" or "Unknown" or "Waiting" => ResourceCommandState.Enabled,
        _ => snapshot.HasEnded() ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
    };

    private static ResourceCommandState StopState(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        null or "Starting" or "Waiting" or "NotStarted" => ResourceCommandState.Hidden,
        "Stopping" => ResourceCommandState.Disabled,
        _ => snapshot.HasEnded() ? ResourceCommandState.Hidden : ResourceCommandState.Enabled,
    };

    private static ResourceCommandState RestartState(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is "Running" ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
