using System.ComponentModel;
using System.Globalization;
using System.Text;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Support;

internal static class ShowTranscript
{
    public enum Format { Json, Md }

    public static async Task<Results<Ok<Envelope<Transcript>>, ContentHttpResult, ApiProblem>> HandleAsync(
        string id,
        SupportTranscripts transcripts,
        TimeProvider clock,
        HttpResponse response,
        CancellationToken ct,
        [Description("json or md; json unless given")] string? format = null)
    {
        var errors = new FieldErrors();
        errors.Number("id", id, "a conversation");
        var wanted = errors.OneOf<Format>("format", format);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            var answer = await transcripts.OfAsync(id, ct);
            response.Headers.CacheControl = "no-store";
            return wanted is Format.Md
                ? TypedResults.Text(Markdown(answer), "text/markdown", Encoding.UTF8)
                : TypedResults.Ok(Envelope<Transcript>.Of(answer, transcript => transcript, clock));
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.NotFound)
        {
            return PostDraft.NoConversation();
        }
    }

    private static string Markdown(Answer<Transcript> answer)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"# Conversation {answer.Value.ConversationId}\n\n")
            .Append(CultureInfo.InvariantCulture, $"As of {Time(answer.AsOf)}, from {answer.Source}. E-mail addresses, phone numbers and card numbers are redacted.\n");
        foreach (var warning in answer.Warnings)
            text.Append(CultureInfo.InvariantCulture, $"{warning.Message}\n");
        foreach (var line in answer.Value.Lines)
            text.Append(CultureInfo.InvariantCulture, $"\n**{Escaped(line.Name ?? line.From)}** ({line.From}), {Time(line.At)}:\n\n{Quoted(line.Text)}\n");

        return text.ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A name stays on its line.</summary>
    private static string Escaped(string name) => name.ReplaceLineEndings(" ").Replace("*", "\\*", StringComparison.Ordinal);

    private static string Quoted(string? text) => text is null ? "> (no text)" : $"> {text.ReplaceLineEndings("\n").Replace("\n", "\n> ", StringComparison.Ordinal)}";
}
