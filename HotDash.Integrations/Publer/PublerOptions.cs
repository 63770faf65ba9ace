namespace HotDash.Integrations.Publer;

/// <summary>The connection to Publer, read from <c>PUBLER_API_KEY</c> and <c>PUBLER_WORKSPACE_ID</c>.</summary>
public sealed class PublerOptions() : IntegrationOptions("publer", "publer")
{
    internal string? ApiKey { get; set; }

    internal string? WorkspaceId { get; set; }
}
