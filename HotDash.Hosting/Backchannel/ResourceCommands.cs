using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Backchannel;

/// <summary>Runs a command on every instance that the name stands for.</summary>
internal sealed class ResourceCommands(ResourceDirectory directory, ResourceCommandService commands)
{
    internal sealed record Request(string ResourceName, string CommandName, bool ValidateOnly);

    internal sealed record Answer(bool Success, bool Canceled, string? Message)
    {
        public string? Value { get; }

        public IReadOnlyList<string> ValidationErrors { get; } = [];
    }

    public async Task<Answer> ExecuteAsync(Request request, CancellationToken ct)
    {
        var instances = directory.Find(request.ResourceName);
        if (instances is [])
            return new(false, false, $"There is no resource '{request.ResourceName}'.");

        if (request.ValidateOnly)
            return new(true, false, null);

        var results = await Task.WhenAll(
            instances.Select(e => commands.ExecuteCommandAsync(e.ResourceId, request.CommandName, ct)));
        var messages = results.Where(r => r.Success == results.All(all => all.Success)).Select(r => r.Message).OfType<string>();

        return new(
            results.All(r => r.Success),
            results.Any(r => r.Canceled),
            messages.Any() ? string.Join(" ", messages.Distinct(StringComparer.Ordinal)) : null);
    }
}
