using System.Text.RegularExpressions;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>https://spec.graphql.org/October2021/#sec-Language.Source-Text, without block strings.</summary>
internal sealed partial class Tokens(string source)
{
    private readonly List<string> _tokens = Split(source);
    private int _next;

    public string? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    public string Take() => _next < _tokens.Count ? _tokens[_next++] : throw new GraphQlException("syntax error, unexpected end of file");

    public bool TakeIf(string token)
    {
        if (Peek != token)
            return false;

        _next++;
        return true;
    }

    public void Expect(string token)
    {
        var found = Take();
        if (found != token)
            throw new GraphQlException($"syntax error, unexpected {found}, expecting {token}");
    }

    public string Name()
    {
        var name = Take();
        return char.IsAsciiLetter(name[0]) || name[0] is '_'
            ? name
            : throw new GraphQlException($"syntax error, unexpected {name}, expecting a name");
    }

    private static List<string> Split(string source)
    {
        var found = new List<string>();
        for (var at = 0; at < source.Length;)
        {
            var match = Token().Match(source, at);
            if (!match.Success)
                throw new GraphQlException($"syntax error, unexpected character at {at}");

            if (match.Groups["token"].Success)
                found.Add(match.Value);
            at += match.Length;
        }

        return found;
    }

    [GeneratedRegex(
        """\G(?:[\s,\uFEFF]+|\#[^\n]*|(?<token>[_A-Za-z]\w*|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\.\.|[!$():=@\[\]{|}]))""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
