using System.Text;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.ControlPlane.Tests.DeadLetters;

/// <summary>What tests of dead letters do all the time.</summary>
public abstract class DeadLetterTest(PostgresFixture postgres) : StoreTest(postgres)
{
    protected const string Secret = "customer@example.org";

    internal RequestVault Vault { get; } = new(new EphemeralDataProtectionProvider());

    internal DeadLetterStore Letters => field ??= new(Store, Vault);

    internal DeadLetterReads Reads => field ??= new(Store, Vault);

    internal LetterDecisions Decisions => field ??= new(Store);

    internal Replays Replays => field ??= new(Store, new JobQueue(Store, NullLogger<JobQueue>.Instance));

    internal ReplayReads ReplayReads => field ??= new(Store);

    internal DeadLetterUpkeep Upkeep => field ??= new(Store);

    internal static DeadLetter Letter(string integration = "chatwoot", string operation = "send-note", string code = "unavailable", bool unknown = false) => new()
    {
        Integration = integration,
        Operation = operation,
        Request = new() { Method = "POST", Path = "notes?to=" + Secret, Headers = new Dictionary<string, string> { ["Authorization"] = Secret }, Body = Encoding.UTF8.GetBytes(Secret) },
        Failure = new IntegrationException(integration, code, $"it failed ({code})", retryable: true),
        Attempts = 3,
        FirstAt = new(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)),
        LastAt = new(2026, 6, 1, 13, 0, 0, TimeSpan.FromHours(2)),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        IdempotencyKey = "key-1",
        Origin = "Ada",
        OutcomeUnknown = unknown,
    };

    internal async Task<Guid> KeepAsync(string integration = "chatwoot", string operation = "send-note", string code = "unavailable", bool unknown = false) =>
        await Letters.KeepAsync(Letter(integration, operation, code, unknown), Ct);

    internal static DeadLetterSelection Only(params Guid[] ids) => new(ids, null);

    internal static DeadLetterSelection Matching(DeadLetterFilter filter) => new(null, filter);

    internal async Task<LetterState> StateAsync(Guid id) => (await Reads.FindAsync(id, Ct))!.Letter.State;
}
