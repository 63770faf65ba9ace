using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify.Parity;

/// <summary>How what we ask for compares with a version of the schema.</summary>
/// <param name="Compared">So many fields, arguments and values.</param>
public sealed record ParityReport(string Version, int Operations, int Compared, IReadOnlyList<ParityFinding> Findings)
{
    public bool Ok => !Findings.Any(finding => finding.Kind is ParityKind.Missing);
}

/// <param name="Operation">That needs it, or the first that does.</param>
/// <param name="What">Such as <c>InventoryItem.variant</c>.</param>
/// <param name="Reason">In the words of the schema.</param>
public sealed record ParityFinding(ParityKind Kind, string Operation, string What, string? Reason);

/// <summary>How an operation of ours differs from the schema.</summary>
[JsonConverter(typeof(SnakeCaseConverter<ParityKind>))]
public enum ParityKind
{
    /// <summary>We need what is not there, or do not send what is needed: calls will fail.</summary>
    Missing,

    /// <summary>It will go in a later version.</summary>
    Deprecated,

    /// <summary>A value that we do not know may come back.</summary>
    New,
}
