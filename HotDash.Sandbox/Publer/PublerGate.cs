namespace HotDash.Sandbox.Publer;

/// <summary>Who may come in: the key with Publer's own prefix, within the user's limit, into the one workspace.</summary>
internal sealed class PublerGate(IConfiguration configuration, PublerLimit limit)
{
    private readonly string _authorization = $"Bearer-API {configuration.Needed("SANDBOX_PUBLER_API_KEY")}";

    public string WorkspaceId { get; } = configuration["SANDBOX_PUBLER_WORKSPACE_ID"] ?? "ws-sandbox";

    public async ValueTask<object?> CheckKeyAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.Request.Headers.Authorization != _authorization)
            return PublerReply.Refuse(context, 401, "Invalid API key. The header is Authorization: Bearer-API <key>.");

        return limit.TryTake(context.Response.Headers)
            ? await next(invocation)
            : PublerReply.Throttle(context);
    }

    public async ValueTask<object?> CheckWorkspaceAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Request.Headers["Publer-Workspace-Id"] == WorkspaceId
            ? await next(invocation)
            : PublerReply.Refuse(invocation.HttpContext, 401, "You don't have access on this workspace");

    public void Reset() => limit.Reset();
}
