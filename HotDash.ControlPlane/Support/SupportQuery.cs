using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Support;

/// <summary>Which conversations, and from where on. How many are on a page is up to Chatwoot.</summary>
public sealed record SupportQuery(ConversationFilter Filter, SupportCursor? After);

/// <summary>Where a page ended, and whose page it was.</summary>
/// <param name="Page">The last page that was given out, counted from 1.</param>
/// <param name="Seen">How many conversations were on it and the pages before.</param>
public sealed record SupportCursor(string Source, int Page, int Seen) : Cursor
{
    private const int MostPages = 10_000;

    protected override bool IsPossible => Page is >= 1 and <= MostPages && Seen >= 0;
}
