namespace HotDash.Integrations;

/// <summary>A connection was not made because of where it would have led. Names no address: logs are read by many.</summary>
internal sealed class EgressRefusedException() : IOException("The address is not one that calls may go to.");
