using HotDash.Integrations;

namespace HotDash.ControlPlane.Breakers;

/// <summary>The names of the states: <c>closed</c>, <c>open</c>, <c>half-open</c>.</summary>
public static class BreakerStates
{
    public static string Write(BreakerState state) => state switch
    {
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half-open",
        _ => "closed",
    };

    public static BreakerState Read(string text) => text switch
    {
        "open" => BreakerState.Open,
        "half-open" => BreakerState.HalfOpen,
        _ => BreakerState.Closed,
    };
}
