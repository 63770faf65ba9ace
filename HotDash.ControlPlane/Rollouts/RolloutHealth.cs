using HotDash.ControlPlane.Registry;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>How the integrations are that a flag switches.</summary>
internal sealed record RolloutHealth(bool Ok, string Text)
{
    public static RolloutHealth None { get; } = new(Ok: true, "It switches no integration.");

    public static RolloutHealth Of(IReadOnlyList<IntegrationView> views) => views switch
    {
        [] => None,
        _ => new(!views.Any(IsBad), string.Join("; ", views.Select(Say))),
    };

    /// <summary>One that is off for most is not looked at; that is no failure.</summary>
    public static bool IsBad(IntegrationView view) => view.Standing.Status is IntegrationStatus.Error or IntegrationStatus.Disconnected;

    public static string Say(IntegrationView view) => view.Standing.Reason is { } reason ? $"{view.Key}: {reason}" : $"{view.Key} works";
}
