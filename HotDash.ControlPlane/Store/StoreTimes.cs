namespace HotDash.ControlPlane.Store;

/// <summary>What Npgsql reads a <c>timestamptz</c> as, as the rest of the code has it.</summary>
internal static class StoreTimes
{
    public static DateTimeOffset? ToOffset(this DateTime? time) => time is { } known ? new DateTimeOffset(known) : null;
}
