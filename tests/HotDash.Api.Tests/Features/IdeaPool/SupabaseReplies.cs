using System.Globalization;
using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.IdeaPool;

/// <summary>What PostgREST answers to the calls behind one list: a page, and a count for each of four statuses.</summary>
internal static class SupabaseReplies
{
    private const int Calls = 5;

    public static StubProvider RepliesIdeas(this StubProvider supabase, params string[] rows)
    {
        for (var call = 0; call < Calls; call++)
            supabase.Replies(request => Answer(request, rows));

        return supabase;
    }

    public static StubProvider RefusesIdeas(this StubProvider supabase)
    {
        for (var call = 0; call < Calls; call++)
            supabase.Replies(HttpStatusCode.Unauthorized);

        return supabase;
    }

    public static string Row(string id, string created, string status = "pending_review") =>
        $$"""
        {"id":"{{id}}","title":"Idea {{id}}","status":"{{status}}","rationale":null,"projected_impact":null,"priority":"high",
         "confidence":0.5,"created_at":"{{created}}","updated_at":"{{created}}","reviewer":null}
        """;

    private static HttpResponseMessage Answer(HttpRequestMessage request, string[] rows)
    {
        var reply = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Method == HttpMethod.Head ? "" : $"[{string.Join(',', rows)}]") };
        var matching = request.RequestUri!.Query.Contains("status=eq.pending_review", StringComparison.Ordinal) ? rows.Length : 0;
        reply.Content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"*/{matching}"));
        return reply;
    }
}
