using System.Text;
using System.Text.RegularExpressions;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>SQL's LIKE: percent for any text, underscore for one character, a backslash takes the next one as it is.</summary>
internal static class LikePattern
{
    public static bool Matches(string value, string pattern, bool ignoreCase) => Regex.IsMatch(
        value, Translate(pattern), RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(1));

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            regex.Append(pattern[i] switch
            {
                '%' => ".*",
                '_' => ".",
                '\\' when i + 1 < pattern.Length => Regex.Escape(pattern[++i].ToString()),
                '\\' => throw new PostgrestException(400, "22025", "LIKE pattern must not end with escape character"),
                var other => Regex.Escape(other.ToString()),
            });
        }

        return regex.Append(@"\z").ToString();
    }
}
