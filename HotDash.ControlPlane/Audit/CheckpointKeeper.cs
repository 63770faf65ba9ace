using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>
/// Signs where the chain ends and writes it outside the database. The end of the file says what was signed last: the database could be
/// made to say anything.
/// </summary>
internal sealed partial class CheckpointKeeper(NpgsqlDataSource store, IOptions<AuditOptions> options, ILogger<CheckpointKeeper> logger) : IDisposable
{
    private readonly CheckpointKey? _key = options.Value.Key is { } secret ? new(secret) : null;
    private Checkpoint? _last;
    private bool _failed;

    public void Dispose() => _key?.Dispose();

    /// <summary>Makes a checkpoint when one is due. Only of what was committed, so it is true whoever writes it.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (_key is null || await store.QueryFirstAsync<AuditHead>(AuditHead.Sql, null, ct) is not { } head || !IsDue(head))
            return;

        try
        {
            await WriteAsync(_key, ct);
            _failed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failed)
                LogFailed(e.Message);
            _failed = true;
        }
    }

    /// <summary>Under the lock of the chain's end, so that of several processes with one folder one writes.</summary>
    private async Task WriteAsync(CheckpointKey key, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.QueryFirstAsync<AuditHead>($"{AuditHead.Sql} for update skip locked", new { }, ct) is not { } head)
            return;

        var file = new CheckpointFile(options.Value.Folder!, head.Log);
        _last = file.Last();
        if (IsDue(head))
            file.Append(_last = Checkpoint.Of(head, key));
    }

    private bool IsDue(AuditHead head) => _last is not { } last
        ? head.Seq > 0
        : head.Log != last.Log || (head.Seq > last.Seq && (head.Seq - last.Seq >= options.Value.CheckpointRows || head.At - last.At.UtcDateTime >= options.Value.CheckpointEvery));

    [LoggerMessage(Level = LogLevel.Error, Message = "No checkpoint of the audit can be written ({Why}); it is tried again and again.")]
    private partial void LogFailed(string why);
}
