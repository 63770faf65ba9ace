using HotDash.Integrations;

namespace HotDash.ControlPlane.Breakers;

internal static class BreakerStates
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
