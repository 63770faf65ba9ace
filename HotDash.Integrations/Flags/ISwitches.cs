namespace HotDash.Integrations;

/// <summary>What a flag says of an integration at this moment.</summary>
/// <param name="On">Whether the provider is called.</param>
/// <param name="Set">False: nobody has set the flag, so the settings speak through it.</param>
public readonly record struct SwitchPosition(bool On, bool Set);

/// <summary>Says whether an integration's flag is on. Asked at every call: it must be fast, and never fails.</summary>
public interface ISwitches
{
    /// <returns>Null when there is no such flag here: the settings decide.</returns>
    SwitchPosition? Ask(string flag);
}

/// <summary>Stands in where there are no flags.</summary>
internal sealed class NoSwitches : ISwitches
{
    public SwitchPosition? Ask(string flag) => null;
}
