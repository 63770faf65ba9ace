using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public enum ResourceCommandState
{
    Enabled,
    Disabled,
    Hidden,
}

public enum IconVariant
{
    Regular,
    Filled,
}

/// <summary>How a command looks and when it can be used.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    /// <summary>Null means always enabled.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }
}

public sealed class ExecuteCommandContext
{
    /// <summary>The id of the instance, such as <c>api-qkzpwmxa</c>.</summary>
    public required string ResourceName { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required ILogger Logger { get; init; }
}

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }
}

public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

internal sealed record ResourceCommandAnnotation(
    string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> Execute, CommandOptions Options)
    : IResourceAnnotation
{
    public ResourceCommandSnapshot ToSnapshot(CustomResourceSnapshot resource) => new(
        Name,
        Options.UpdateState?.Invoke(new() { ResourceSnapshot = resource }) ?? ResourceCommandState.Enabled,
        DisplayName,
        Options.Description,
        Parameter: null,
        Options.ConfirmationMessage,
        Options.IconName,
        Options.IconVariant,
        Options.IsHighlighted);
}
