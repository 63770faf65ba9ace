using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Where a page ended, and whose page it was: positions of one source mean nothing to another.</summary>
public sealed record IdeaCursor(string Source, IdeaPosition Position)
{
    /// <summary>Opaque to callers and safe in a URL.</summary>
    public override string ToString() => OpaqueCursor.Write(this);

    /// <returns>Null when the text was not given out by <see cref="ToString"/>.</returns>
    public static IdeaCursor? TryParse(string text) => OpaqueCursor.TryRead<IdeaCursor>(text);
}
