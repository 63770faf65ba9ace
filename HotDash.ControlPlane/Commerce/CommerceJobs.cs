namespace HotDash.ControlPlane.Commerce;

/// <summary>Names of the feature's jobs: they are in stored rows, logs and metrics.</summary>
public static class CommerceJobs
{
    public const string KeepOrders = "commerce.keep-orders";
    public const string KeepInventory = "commerce.keep-inventory";
}
