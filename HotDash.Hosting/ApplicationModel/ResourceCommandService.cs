using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs a resource's commands for the dashboard and the CLI.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services) =>
        (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <param name="resourceId">The id of the instance, such as <c>api-qkzpwmxa</c>.</param>
    /// <param name="commandName">The command's name, such as <c>restart</c>.</param>
    /// <param name="cancellationToken">Gives up waiting; what has been started may go on.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (!_notifications.TryGetCurrentState(resourceId, out var current))
            return CommandResults.Failure($"There is no resource '{resourceId}'.");

        var command = current.Resource.Annotations.OfType<ResourceCommandAnnotation>()
            .LastOrDefault(c => string.Equals(c.Name, commandName, StringComparison.OrdinalIgnoreCase));
        if (command is null)
            return CommandResults.Failure($"'{resourceId}' has no command '{commandName}'.");

        if (command.ToSnapshot(current.Snapshot).State is not ResourceCommandState.Enabled)
            return CommandResults.Failure($"'{commandName}' is not possible while '{resourceId}' is {current.Snapshot.State?.Text}.");

        return await RunAsync(command, resourceId, cancellationToken);
    }

    private async Task<ExecuteCommandResult> RunAsync(ResourceCommandAnnotation command, string resourceId, CancellationToken ct)
    {
        var logger = _loggers.GetLogger(resourceId);

        try
        {
            return await command.Execute(
                new() { ResourceName = resourceId, ServiceProvider = _services, CancellationToken = ct, Logger = logger });
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            logger.LogError(e, "The command {Command} failed.", command.Name);
            return CommandResults.Failure(e.Message);
        }
    }
}
