namespace HotDash.Sandbox.Supabase.Query;

/// <summary>A list of columns; Supabase's own client puts them in quotes.</summary>
internal static class ColumnNames
{
    public static string[] Read(string list, char separator = ',') => [.. list.Split(separator).Select(name => name.Trim().Trim('"'))];
}
