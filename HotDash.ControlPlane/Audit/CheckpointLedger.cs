namespace HotDash.ControlPlane.Audit;

/// <summary>What entries' hashes were once, by the checkpoints of a log, as far as these are ours.</summary>
internal sealed class CheckpointLedger
{
    private readonly Dictionary<long, string> _hashes = [];

    public CheckpointVerdict Verdict { get; private set; } = new(null, null, 0, null, null, 0);

    /// <summary>The number of the newest entry whose hash is known; 0 when none is.</summary>
    public long Highest { get; private set; }

    /// <returns>In hexadecimal; null when it is not known.</returns>
    public string? Find(long seq) => _hashes.GetValueOrDefault(seq);

    /// <summary>The first word holds: who makes the chain anew may get the new one signed, but not the old one unsigned.</summary>
    public void Expect(long seq, string hash)
    {
        _hashes.TryAdd(seq, hash);
        Highest = Math.Max(Highest, seq);
    }

    public static CheckpointLedger Read(AuditOptions options, Guid log, AuditFlaws flaws)
    {
        var ledger = new CheckpointLedger();
        using var key = options.OpenKey();
        if (key is not null && options.Folder is { } folder)
            ledger.Read(new CheckpointFile(folder, log), key, log, flaws);

        return ledger;
    }

    /// <returns>The newer one.</returns>
    private Checkpoint Take(Checkpoint checkpoint, Checkpoint? last)
    {
        Expect(checkpoint.Seq, checkpoint.Hash);
        return last?.Seq > checkpoint.Seq ? last : checkpoint;
    }

    private void Read(CheckpointFile file, CheckpointKey key, Guid log, AuditFlaws flaws)
    {
        var (unreadable, last) = (0, (Checkpoint?)null);
        foreach (var checkpoint in file.All())
        {
            if (checkpoint is null)
                unreadable++;
            else if (checkpoint.Log != log || !key.HasSigned(checkpoint))
                flaws.Add(AuditFlawKind.Forged, checkpoint.Seq, checkpoint.Seq, $"The checkpoint of entry {checkpoint.Seq} was not signed with our key for this log.");
            else
                last = Take(checkpoint, last);
        }

        Verdict = new(file.Path, key.PublicKey, _hashes.Count, last?.Seq, last?.At, unreadable);
    }
}
