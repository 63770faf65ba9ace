using System.Runtime.InteropServices;

namespace HotDash.ControlPlane.Budgets;

/// <summary>A slot in a process's hand.</summary>
/// <param name="Left">Tokens that may still be taken, once it is free.</param>
/// <param name="FreeAt">A timestamp of the process's clock.</param>
/// <param name="LastUse">Of the tokens that are not left any more.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeldSlot(int Slot, int Left, long FreeAt, long LastUse);
