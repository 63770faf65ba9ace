using System.Runtime.InteropServices;

namespace HotDash.ControlPlane.Budgets;

/// <summary>One process's part of a budget, as the store knows it.</summary>
internal sealed record BudgetShare(Guid Id, string Process, DateTimeOffset ExpiresAt, int Wants, int Needs, BudgetTerms Terms);

/// <param name="Holder">The share that may use it; null: nobody may.</param>
/// <param name="FreeAt">Not to be used before. Of a held slot, as its holder said last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetSlot(Guid? Holder, DateTimeOffset FreeAt);

/// <summary>
/// The budget of one integration: who holds which slot, and when each is free. Knows no store: what is decided here holds if it is
/// stored before anybody else's decision (<see cref="BudgetStore"/>), also some time later.
/// </summary>
internal sealed class BudgetPool(BudgetTerms terms, BudgetSlot[] slots, List<BudgetShare> shares)
{
    public BudgetTerms Terms { get; private set; } = terms;

    public BudgetSlot[] Slots { get; private set; } = slots;

    public List<BudgetShare> Shares { get; } = shares;

    public static BudgetPool New(BudgetTerms terms, DateTimeOffset freeAt) => new(terms, SlotsOf(terms, freeAt), []);

    public Grant Exchange(Ask ask, DateTimeOffset now)
    {
        Reclaim(now);
        if (Shares.TrueForAll(share => share.Id == ask.Share || share.Terms == ask.Terms))
            Adopt(ask.Terms);

        if (ask.Kept.Count > 0 && !Shares.Exists(share => share.Id == ask.Share))
            return new(Terms, Lost: true, [], 0, More: true, NextIn: null);

        TakeBack(ask, now);
        Renew(ask, now);
        return HandOut(ask, now);
    }

    /// <summary>Whoever let his share lapse may have used, until then, every slot of it that was free before.</summary>
    private void Reclaim(DateTimeOffset now)
    {
        foreach (var lapsed in Shares.FindAll(share => share.ExpiresAt <= now))
        {
            for (var i = 0; i < Slots.Length; i++)
            {
                if (Slots[i].Holder == lapsed.Id)
                    Slots[i] = new(null, FreeAfter(Slots[i], lapsed));
            }

            Shares.Remove(lapsed);
        }
    }

    private DateTimeOffset FreeAfter(BudgetSlot slot, BudgetShare holder) =>
        slot.FreeAt >= holder.ExpiresAt ? slot.FreeAt : holder.ExpiresAt + Terms.Cycle;

    /// <summary>A changed limit begins when everything that was used, or may yet be, under the old one is over.</summary>
    private void Adopt(BudgetTerms terms)
    {
        if (terms == Terms)
            return;

        var last = Slots.Max(slot => slot.Holder is { } id ? FreeAfter(slot, Shares.Find(share => share.Id == id)!) : slot.FreeAt);
        var longer = terms.Cycle > Terms.Cycle ? terms.Cycle - Terms.Cycle : TimeSpan.Zero;
        Shares.Clear();
        Terms = terms;
        Slots = SlotsOf(terms, last + longer);
    }

    /// <summary>Slots that the process does not mention were handed out by an answer that it never got.</summary>
    private void TakeBack(Ask ask, DateTimeOffset now)
    {
        var kept = ask.Kept.ToDictionary(notice => notice.Slot, notice => notice.FreeIn);
        var returned = ask.Returned.ToDictionary(notice => notice.Slot, notice => notice.FreeIn);

        for (var i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].Holder != ask.Share)
                continue;

            if (kept.TryGetValue(i, out var keptFreeIn))
                Slots[i] = new(ask.Share, now + keptFreeIn);
            else
                Slots[i] = new(null, returned.TryGetValue(i, out var freeIn) ? now + freeIn : Slots[i].FreeAt);
        }
    }

    private void Renew(Ask ask, DateTimeOffset now)
    {
        Shares.RemoveAll(share => share.Id == ask.Share);
        if (ask is { Wants: > 0 } or { Kept.Count: > 0 })
            Shares.Add(new(ask.Share, ask.Process, now + BudgetTiming.Lease + BudgetTiming.Margin, ask.Wants, ask.Needs, ask.Terms));
    }

    private Grant HandOut(Ask ask, DateTimeOffset now)
    {
        var free = Enumerable.Range(0, Slots.Length)
            .Where(i => Slots[i].Holder is null && Slots[i].FreeAt <= now + BudgetTiming.Ahead)
            .OrderBy(i => Slots[i].FreeAt)
            .ToList();
        var fair = Fair(ask, free.Count + Slots.Count(slot => slot.Holder is not null), now);
        var allotted = Math.Min(ask.Wants, fair);
        var granted = free.Take(Math.Min(allotted, AtOnce(ask)) - ask.Kept.Count).ToList();

        foreach (var i in granted)
            Slots[i] = Slots[i] with { Holder = ask.Share };

        return new(Terms, Lost: false, [.. granted.Select(i => new SlotNotice(i, Slots[i].FreeAt - now))], allotted,
            More: granted.Count > 0 && free.Count > granted.Count && ask.Kept.Count + granted.Count < fair,
            NextIn: Slots.Where(slot => slot.Holder is null).Select(slot => (TimeSpan?)(slot.FreeAt - now)).Min());
    }

    /// <summary>A process that dies takes what it holds out of use for a while; so nobody holds much more than it needs until it asks again.</summary>
    private int AtOnce(Ask ask)
    {
        var part = Math.Clamp(BudgetTiming.Renew * 2 / Terms.Cycle, 0.1, 1);
        return Math.Max((int)Math.Ceiling(Slots.Length * part), ask.Needs);
    }

    /// <summary>
    /// How much of the supply one process may have. Everybody gets what he wants, and when that is too much, the greatest are cut to
    /// the same height. One of those leads, by turns: it gets what is left of the division, and may collect as many as a large call needs.
    /// </summary>
    private int Fair(Ask ask, int supply, DateTimeOffset now)
    {
        var others = Shares.Where(share => share.Id != ask.Share).OrderBy(share => share.Wants).ToList();
        while (others is [var least, ..] && least.Wants * (others.Count + 1L) <= supply)
        {
            supply -= least.Wants;
            others.RemoveAt(0);
        }

        var cut = others.Select(share => (share.Id, share.Needs)).Append((ask.Share, ask.Needs)).Order().ToList();
        var turn = (int)(now.UtcTicks / BudgetTiming.Turn.Ticks % cut.Count);
        var place = (cut.FindIndex(share => share.Item1 == ask.Share) + turn) % cut.Count;
        var (even, rest) = Math.DivRem(supply, cut.Count);

        var leader = cut[(cut.Count - turn) % cut.Count];
        if (leader.Needs <= even)
            return even + (place < rest ? 1 : 0);

        return place == 0 ? Math.Min(leader.Needs, supply) : Math.Max(0, supply - leader.Needs) / (cut.Count - 1);
    }

    private static BudgetSlot[] SlotsOf(BudgetTerms terms, DateTimeOffset freeAt)
    {
        var slots = new BudgetSlot[terms.Slots];
        Array.Fill(slots, new(null, freeAt));
        return slots;
    }
}
