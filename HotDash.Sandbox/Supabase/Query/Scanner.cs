using System.Text;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>Reads PostgREST's small language, where values with reserved characters stand in quotes.</summary>
internal sealed class Scanner(string parameter, string text)
{
    private int _at;

    public bool IsAtEnd => _at >= text.Length;

    public bool Skip(char expected)
    {
        if (IsAtEnd || text[_at] != expected)
            return false;

        _at++;
        return true;
    }

    public bool Skip(string expected)
    {
        if (string.CompareOrdinal(text, _at, expected, 0, expected.Length) is not 0)
            return false;

        _at += expected.Length;
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

        var start = _at;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_'))
            _at++;

        return _at > start ? text[start.._at] : throw Failed();
    }

    /// <summary>Up to a comma or a closing parenthesis, unless it is quoted.</summary>
    public string Value()
    {
        if (Skip('"'))
            return Quoted();

        var start = _at;
        while (!IsAtEnd && text[_at] is not (',' or ')'))
            _at++;

        return text[start.._at];
    }

    public string Rest()
    {
        var rest = text[_at..];
        _at = text.Length;
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

            value.Append(text[_at++]);
        }

        return value.ToString();
    }
}
