namespace HotDash.Integrations;

/// <summary>Says whether an integration's flag is on. Asked at every call: it must be fast, and never fails.</summary>
public interface ISwitches
{
    /// <param name="flag">Its name.</param>
    /// <param name="unit">For whom; null asks whether it is on for anybody.</param>
    /// <returns>Null when there is no such flag here: the settings decide.</returns>
    bool? Ask(string flag, CallUnit? unit);
}

/// <summary>Stands in where there are no flags.</summary>
internal sealed class NoSwitches : ISwitches
{
    public bool? Ask(string flag, CallUnit? unit) => null;
}
