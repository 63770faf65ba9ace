using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using HotDash.ControlPlane.Approvals;

namespace HotDash.ControlPlane.Support;

/// <summary>A reply that an agent proposes. A class: a record would print the words.</summary>
public sealed class Draft
{
    private const double Sure = 0.8;
    private const double Unsure = 0.5;

    public required string ConversationId { get; init; }

    public required string Content { get; init; }

    /// <summary>How sure the agent is: 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>What it drew on.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The customer's message that it answers; null: the newest.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The less sure, the riskier; null: as usual.</summary>
    internal int? Risk => Confidence switch
    {
        >= Sure => null,
        >= Unsure => 2,
        _ => 3,
    };

    internal byte[] Fingerprint(string answers, string by) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((string[])
        [by, ConversationId, answers, Content, Confidence.ToString("R", CultureInfo.InvariantCulture), .. Sources]));
}

/// <param name="Answers">The customer's message that it answers; 0 where there was none.</param>
/// <param name="IsNew">False: it had been taken in before.</param>
public sealed record SubmittedDraft(Approval Approval, string Answers, bool IsNew);
