using System.Runtime.InteropServices;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>What is counted together.</summary>
/// <param name="At">UTC ticks of the bucket's beginning.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutcomeKey(long At, string Integration, string Operation, string Source, string? Flag, string? Variant);
