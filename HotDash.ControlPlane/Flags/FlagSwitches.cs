using HotDash.Integrations;

namespace HotDash.ControlPlane.Flags;

/// <summary>Integrations are switched by flags. Nobody in particular asks: a flag for a share of the users is off for an integration.</summary>
internal sealed class FlagSwitches(FlagBoard board) : ISwitches
{
    public SwitchPosition? Ask(string flag)
    {
        if (board.Snapshot.Find(flag) is not { } compiled)
            return null;

        var decision = board.Evaluate(flag);
        return new(decision.On, Set: compiled.Flag.Enabled is not null || decision.Reason is not FlagReason.Static);
    }
}
