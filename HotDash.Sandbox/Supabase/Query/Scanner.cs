using System.Text;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>Reads PostgREST's small language, where values with reserved characters stand in quotes.</summary>
internal sealed class Scanner(string parameter, string text)
{
    private int at;

    public bool IsAtEnd => at >= text.Length;

    public bool Skip(char expected)
    {
        if (IsAtEnd || text[at] != expected)
            return false;

        at++;
        return true;
    }

    public bool Skip(string expected)
    {
        if (string.CompareOrdinal(text, at, expected, 0, expected.Length) is not 0)
            return false;

        at += expected.Length;
        return true;
    }

    public void Expect(char expected)
    {
        if (!Skip(expected))
            throw Failed();
    }

    public string Name()
    {
        if (Skip('"'))
            return Quoted();

        var start = at;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_'))
            at++;

        return at > start ? text[start..at] : throw Failed();
    }

    /// <summary>Up to a comma or a closing parenthesis, unless it is quoted.</summary>
    public string Value()
    {
        if (Skip('"'))
            return Quoted();

        var start = at;
        while (!IsAtEnd && text[at] is not (',' or ')'))
            at++;

        return text[start..at];
    }

    public string Rest()
    {
        var rest = text[at..];
        at = text.Length;
        return rest;
    }

    public PostgrestException Failed() => PostgrestException.BadQuery(parameter, text);

    private string Quoted()
    {
        var value = new StringBuilder();
        while (!Skip('"'))
        {
            if (Skip('\\') && IsAtEnd || IsAtEnd)
                throw Failed();

            value.Append(text[at++]);
        }

        return value.ToString();
    }
}
