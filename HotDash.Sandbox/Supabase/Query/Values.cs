namespace HotDash.Sandbox.Supabase.Query;

internal static class Values
{
    /// <summary>Values of one column: both are of its type. Text compares as under the collation C.</summary>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (decimal a, decimal b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => string.CompareOrdinal((string)left, (string)right),
    };
}
