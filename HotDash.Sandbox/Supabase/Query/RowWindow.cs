using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>Which rows of the result are sent: <c>limit</c> and <c>offset</c>, or the header <c>Range: 0-24</c>.</summary>
internal sealed partial record RowWindow(int Offset, int Limit)
{
    /// <summary>At which Supabase cuts every answer.</summary>
    public const int MaxRows = 1000;

    public static RowWindow Read(HttpRequest request)
    {
        var window = HeaderWindow(request);
        var offset = Number(request, "offset") ?? window.Offset;
        var limit = Number(request, "limit") ?? window.Limit;

        return limit < 0
            ? throw Unsatisfiable("Limit should be greater than or equal to zero.")
            : new(Math.Max(offset, 0), Math.Min(limit, MaxRows));
    }

    /// <summary>Below the total is partial content, beyond it nothing can be sent.</summary>
    public int Status(int sent, int? total)
    {
        if (total is not { } all)
            return StatusCodes.Status200OK;

        if (Offset > all)
            throw Unsatisfiable($"An offset of {Offset} was requested, but there are only {all} rows.");

        return sent < all ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
    }

    public string ContentRange(int sent, int? total) =>
        $"{(sent is 0 ? "*" : $"{Offset}-{Offset + sent - 1}")}/{(total is { } all ? $"{all}" : "*")}";

    private static RowWindow HeaderWindow(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            || HeaderRange().Match(request.Headers.Range.ToString()) is not { Success: true } match)
        {
            return new(0, MaxRows);
        }

        var from = int.Parse(match.Groups["from"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["to"].ValueSpan is not { Length: > 0 } last)
            return new(from, MaxRows);

        var to = int.Parse(last, CultureInfo.InvariantCulture);
        return to < from
            ? throw Unsatisfiable("The lower boundary must be lower than or equal to the upper boundary in the Range header.")
            : new(from, to - from + 1);
    }

    private static int? Number(HttpRequest request, string name) => request.Query[name] is [{ } text]
        ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw PostgrestException.BadQuery(name, text)
        : null;

    private static PostgrestException Unsatisfiable(string details) => new(416, "PGRST103", "Requested range not satisfiable", details);

    [GeneratedRegex("^(items=)?(?<from>[0-9]{1,9})-(?<to>[0-9]{0,9})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderRange();
}
