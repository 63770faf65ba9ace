using System.Text;
using HotDash.Integrations;

namespace HotDash.Pollers.Tests.Jobs.Approvals;

/// <summary>Somebody who gets replies, behind a connection that fails as the test says.</summary>
internal sealed class FakeCustomer : IGuardedOperation
{
    private readonly List<(GuardedTarget Target, string Text)> _got = [];

    /// <summary>What the next calls end with, after they had their effect or before.</summary>
    public Queue<(bool HasEffect, Exception? Failure)> Calls { get; } = new();

    /// <summary>Runs while a call is under way.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>The newest message of the customer.</summary>
    public string? Version { get; set; } = "7";

    /// <summary>Why that cannot be said.</summary>
    public Queue<Exception> Silences { get; } = new();

    /// <summary>What was composed last.</summary>
    public (Guid Id, int Revision) Composed { get; private set; }

    public IReadOnlyList<string> Got => [.. _got.Select(message => message.Text)];

    public int Sends { get; private set; }

    public int Looks { get; private set; }

    public string Kind => GuardedKinds.SupportReply;

    public string Account { get; set; } = "1";

    public bool RecognisesRepetition { get; set; }

    public byte[] Compose(Guid id, int revision, string content)
    {
        Composed = (id, revision);
        return Encoding.UTF8.GetBytes(content);
    }

    public string ContentOf(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public Task<string?> VersionAsync(string target, CancellationToken ct) => Silences.TryDequeue(out var why) ? throw why : Task.FromResult(Version);

    public Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct)
    {
        Looks++;
        return Task.FromResult(_got.Exists(message => message.Target.Id == target.Id) ? new Existing("81") : null);
    }

    public async Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct)
    {
        Sends++;
        var (hasEffect, failure) = Calls.TryDequeue(out var planned) ? planned : (true, null);
        if (hasEffect && !(RecognisesRepetition && _got.Exists(message => message.Target.Id == action.Target.Id)))
            _got.Add((action.Target, Encoding.UTF8.GetString(action.TakeBytes().Span)));
        if (Meanwhile is { } meanwhile)
            await meanwhile();
        ct.ThrowIfCancellationRequested();
        return failure is null ? new("81") { Result = "5, then 8" } : throw failure;
    }
}
