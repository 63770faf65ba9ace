using HotDash.ControlPlane.Flags;

namespace HotDash.ControlPlane.Tests.Flags;

internal static class Compiled
{
    public static CompiledFlag Of(Func<Flag, Flag> edit, FlagVariable? variable = null, bool otherwise = false, params (string User, bool On)[] overrides) => new(
        edit(Flag.New("checkout")), overrides.ToDictionary(entry => entry.User, entry => entry.On, StringComparer.Ordinal), variable, otherwise);
}
