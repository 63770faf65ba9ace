namespace HotDash.ControlPlane.Analytics;

/// <summary>Who measures traffic, by the names that answers give as their source.</summary>
public enum TrafficProvider { Ga4, Plausible }
