namespace HotDash.ControlPlane.Budgets;

/// <summary>What became of a wish for tokens.</summary>
/// <param name="Wait">Null: they were taken. Otherwise how long until they may be free.</param>
/// <param name="AskStore">Whether the store may have some.</param>
internal readonly record struct Take(TimeSpan? Wait, bool AskStore = false);
