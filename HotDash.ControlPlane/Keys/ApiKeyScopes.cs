namespace HotDash.ControlPlane.Keys;

/// <summary>What a key may do. None implies another.</summary>
public static class ApiKeyScopes
{
    public const string Read = "read";
    public const string Operate = "operate";
    public const string Approve = "approve";
    public const string Admin = "admin";
    public const string Ingest = "ingest";

    public static IReadOnlyList<string> All { get; } = [Read, Operate, Approve, Admin, Ingest];
}
