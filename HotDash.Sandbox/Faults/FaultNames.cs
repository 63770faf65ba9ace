using System.Text.Json;

namespace HotDash.Sandbox.Faults;

internal static class FaultNames
{
    /// <returns><c>lost-answer</c> for <see cref="FaultKind.LostAnswer"/>.</returns>
    public static string Of(FaultKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
