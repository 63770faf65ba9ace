namespace HotDash.Sandbox.Supabase.Query;

/// <summary>What the caller wants to read: a list, or exactly one object.</summary>
internal static class Accepted
{
    private const string Singular = "application/vnd.pgrst.object+json";

    public static bool IsSingular(HttpRequest request) => Types(request).Contains(Singular, StringComparer.Ordinal);

    public static string ContentType(HttpRequest request) => $"{(IsSingular(request) ? Singular : "application/json")}; charset=utf-8";

    public static void Check(HttpRequest request)
    {
        var types = Types(request);
        if (types.Length > 0 && !types.Any(type => type is Singular or "application/json" or "application/*" or "*/*"))
            throw new PostgrestException(406, "PGRST107", $"None of these media types are available: {string.Join(", ", types)}");
    }

    public static void CheckRows(HttpRequest request, int rows)
    {
        if (IsSingular(request) && rows is not 1)
            throw new PostgrestException(406, "PGRST116", "Cannot coerce the result to a single JSON object", $"The result contains {rows} rows");
    }

    private static string[] Types(HttpRequest request) =>
        [.. request.Headers.Accept.SelectMany(line => line!.Split(',')).Select(type => type.Split(';')[0].Trim()).Where(type => type.Length > 0)];
}
