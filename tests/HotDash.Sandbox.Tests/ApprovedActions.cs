using System.Reflection;
using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests;

/// <summary>As the ledger of approvals makes them, which nobody else can.</summary>
internal static class ApprovedActions
{
    public static IGuardedOperation Guarded(this IServiceProvider clients, string kind) => clients.GetServices<IGuardedOperation>().Single(operation => operation.Kind == kind);

    public static ApprovedAction Approve(this IGuardedOperation operation, Guid id, string target, string content, int revision = 1)
    {
        ReadOnlyMemory<byte> bytes = operation.Compose(id, revision, content);
        return (ApprovedAction)Activator.CreateInstance(
            typeof(ApprovedAction), BindingFlags.Instance | BindingFlags.NonPublic, null, [new GuardedTarget(id, operation.Kind, operation.Account, target, null), bytes], null)!;
    }
}
