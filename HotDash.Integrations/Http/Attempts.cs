namespace HotDash.Integrations;

/// <summary>How often a call is tried before it fails. A job's own schedule is its retry, so its calls are tried once.</summary>
public enum Attempts { Several, One }
