using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Where a page ended, and whose page it was: positions of one source mean nothing to another.</summary>
public sealed record IdeaCursor(string Source, IdeaPosition Position) : Cursor;
