using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Resources that are values: they are there from the beginning.</summary>
internal static class StaticResources
{
    public static async Task PublishAsync(IResource resource, ResourceNotificationService notifications, CancellationToken ct)
    {
        if (resource is not ParameterResource parameter)
        {
            // A database: it is up once its server is.
            await notifications.PublishUpdateAsync(resource, s => s.In(KnownResourceStates.Waiting));
            return;
        }

        var value = await parameter.GetValueAsync(ct);
        await notifications.PublishUpdateAsync(resource, s => resource is IResourceWithConnectionString
            ? s.In(KnownResourceStates.Running, KnownResourceStateStyles.Success)
                .With(KnownProperties.ConnectionString, value, isSensitive: true)
            : s.In(KnownResourceStates.Running, KnownResourceStateStyles.Success)
                .With(KnownProperties.ParameterValue, value, parameter.Secret));
    }

    /// <summary>Asks for every value before anything starts, so that a missing one is told at once.</summary>
    public static async Task CheckAsync(IEnumerable<IResource> resources, CancellationToken ct)
    {
        foreach (var parameter in resources.OfType<ParameterResource>())
            await parameter.GetValueAsync(ct);
    }
}
