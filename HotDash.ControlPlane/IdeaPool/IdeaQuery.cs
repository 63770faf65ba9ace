using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Which ideas, from where on, and how many (1 to 100).</summary>
public sealed record IdeaQuery(IdeaFilter Filter, IdeaCursor? After, int Limit);
