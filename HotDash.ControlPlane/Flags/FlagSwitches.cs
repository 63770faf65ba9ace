using HotDash.Integrations;

namespace HotDash.ControlPlane.Flags;

/// <summary>Integrations are switched by flags.</summary>
internal sealed class FlagSwitches(FlagBoard board, TimeProvider clock) : ISwitches
{
    public bool? Ask(string flag, CallUnit? unit)
    {
        if (board.Snapshot.Find(flag) is not { } compiled)
            return null;

        return unit is null ? compiled.IsOnForAnybody(clock) : board.Evaluate(flag, unit.Id, unit.Cohort).On;
    }
}
