using System.Runtime.InteropServices;

namespace HotDash.ControlPlane.Budgets;

/// <summary>A slot in a message between a process and the store.</summary>
/// <param name="FreeIn">From the moment the message was made; negative for a slot that is free already.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlotNotice(int Slot, TimeSpan FreeIn);

/// <summary>What a process tells the store: what it keeps, what it gives back, and how much it would like to have.</summary>
/// <param name="Share">New after every lapse, so that nothing of a lapsed share can be mistaken for its successor's.</param>
/// <param name="Terms">The process's configuration; the store's terms hold while others are alive that want those.</param>
/// <param name="Returned">Not used since the first exchange that named them.</param>
/// <param name="Wants">Slots in all. Zero, with nothing kept, ends the share.</param>
/// <param name="Needs">Slots for the largest call that could not be made.</param>
internal sealed record Ask(
    Guid Share, string Process, BudgetTerms Terms, IReadOnlyList<SlotNotice> Kept, IReadOnlyList<SlotNotice> Returned, int Wants, int Needs);

/// <summary>What the store answers.</summary>
/// <param name="Lost">The share is not known any more: nothing of it may be used.</param>
/// <param name="Slots">Handed out by this exchange, besides what was kept.</param>
/// <param name="Allotted">As many slots as the process may have; what it holds above that it gives back next time.</param>
/// <param name="More">Whether asking again at once would help.</param>
/// <param name="NextIn">When the next slot of the store is free, if it has any.</param>
internal sealed record Grant(BudgetTerms Terms, bool Lost, IReadOnlyList<SlotNotice> Slots, int Allotted, bool More, TimeSpan? NextIn);
