namespace HotDash.Integrations;

/// <summary>One thing that is asked of a provider to see whether the integration works. Each provider declares its own where it is registered.</summary>
public sealed class HealthProbe
{
    private readonly Func<IServiceProvider, CancellationToken, Task> _ask;

    internal HealthProbe(string integration, string passes, string fails, Func<IServiceProvider, CancellationToken, Task> ask) =>
        (Integration, Passes, Fails, _ask) = (integration, passes, fails, ask);

    /// <summary>Key of the integration.</summary>
    public string Integration { get; }

    /// <summary>What is said when it works: <c>Can fetch conversations</c>.</summary>
    public string Passes { get; }

    /// <summary>What is said when it does not: <c>Cannot fetch conversations</c>.</summary>
    public string Fails { get; }

    /// <exception cref="IntegrationException">It does not work.</exception>
    internal Task AskAsync(IServiceProvider services, CancellationToken ct) => _ask(services, ct);
}
