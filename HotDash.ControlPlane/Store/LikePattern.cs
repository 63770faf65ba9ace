namespace HotDash.ControlPlane.Store;

/// <summary>For <c>ilike … escape '\'</c>.</summary>
internal static class LikePattern
{
    /// <summary>Whatever the text holds stands for itself.</summary>
    public static string Containing(string text)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

        return $"%{escaped}%";
    }
}
