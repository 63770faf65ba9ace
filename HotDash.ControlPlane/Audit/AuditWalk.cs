namespace HotDash.ControlPlane.Audit;

/// <summary>Goes along the chain and notes what does not fit. After a flaw it goes on from what is stored, so that one flaw is told once.</summary>
internal sealed class AuditWalk(AuditHead head, CheckpointLedger checkpoints, AuditFlaws flaws)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private byte[]? _before = AuditHash.Origin(head.Log); // null: it is missing
    private long _seq;
    private long _vouched;
    private DateTime? _firstUnsigned;

    public long Entries { get; private set; }

    /// <summary>The number up to which there must be entries: the chain's own word, or that of a checkpoint.</summary>
    public long Newest => Math.Max(head.Seq, Math.Max(_seq, checkpoints.Highest));

    public void Pass(AuditEntry entry)
    {
        var (seq, hash) = (entry.Seq!.Value, entry.Hash!);
        Entries++;
        if (seq > _seq + 1)
            Gap(seq);
        if (seq <= _seq || (_before is not null && !AuditHash.Of(_before, seq, entry).AsSpan().SequenceEqual(hash)))
            flaws.Add(AuditFlawKind.Altered, seq, seq, $"Entry {seq} (id {entry.Id}) does not give its hash together with the entry before it: it was edited, or it stands in another's place.");

        if (checkpoints.Find(seq) is { } signed)
            Hold(seq, hash, signed);
        if (seq > (checkpoints.Verdict.LastSeq ?? 0))
            _firstUnsigned ??= entry.At;
        (_before, _seq) = (hash, Math.Max(_seq, seq));
    }

    public void End(TimeSpan checkpointEvery)
    {
        if (Newest > _seq)
            flaws.Add(AuditFlawKind.CutTail, _seq + 1, Newest, $"The newest entries are missing: the chain went up to {Newest}.");
        else if (head.Seq != _seq || !head.Hash.AsSpan().SequenceEqual(_before))
            flaws.Add(AuditFlawKind.Altered, _seq, _seq, $"The newest entry ({_seq}) is not the end of the chain as it was noted.");

        if (checkpoints.Verdict.File is not null && head.At - _firstUnsigned > checkpointEvery + Margin)
            flaws.Add(AuditFlawKind.NoCheckpoint, (checkpoints.Verdict.LastSeq ?? 0) + 1, _seq, "No checkpoint covers these entries, although one was due: look whether the pollers can write to the file.");
    }

    /// <summary>Up to the end of a gap nothing can be said of the hashes: the next entry is taken as it is.</summary>
    private void Gap(long seq)
    {
        flaws.Add(AuditFlawKind.Missing, _seq + 1, seq - 1, $"Entries {_seq + 1} to {seq - 1} are missing.");
        _before = null;
    }

    private void Hold(long seq, byte[] hash, string signed)
    {
        if (signed != Convert.ToHexStringLower(hash))
            flaws.Add(AuditFlawKind.Rewritten, _vouched + 1, seq, $"Entry {seq} has another hash than it had: something from {_vouched + 1} to {seq} was changed and the chain made anew.");
        _vouched = seq;
    }
}
