using System.Globalization;

namespace HotDash.Integrations.Supabase;

/// <summary>The total in <c>Content-Range: 0-24/3573</c>. PostgREST leaves the unit out, so .NET's own reading of the header fails.</summary>
internal static class RowCount
{
    public static int Read(HttpResponseMessage reply)
    {
        var range = reply.Content.Headers.NonValidated.TryGetValues("Content-Range", out var values) ? values.ToString() : "";

        return int.TryParse(range[(range.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : throw new UnreadableReplyException("the reply has no count");
    }
}
