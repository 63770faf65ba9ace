using System.ComponentModel;
using System.Globalization;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;

namespace HotDash.Api.Features.Approvals;

/// <summary>A filter as callers write it, in a query or in a body.</summary>
internal sealed record ApprovalQuery
{
    private const int MaxName = 200;

    [Description("such as support.reply")]
    public string? Kind { get; init; }

    [Description("pending, approved, sending, sent, unknown, rejected, expired or failed")]
    public string? State { get; init; }

    [Description("id of the conversation, or of whatever it is about")]
    public string? Target { get; init; }

    [Description("name of a key, or its id")]
    public string? Requester { get; init; }

    [Description("1 to 3: at least this risk")]
    public string? Risk { get; init; }

    /// <param name="prefix">Of the fields' names, for a filter within a body.</param>
    public ApprovalFilter Read(FieldErrors errors, string prefix = "") => new()
    {
        Kind = errors.Optional($"{prefix}kind", Kind, MaxName),
        State = errors.OneOf<ApprovalState>($"{prefix}state", State),
        Target = errors.Optional($"{prefix}target", Target, MaxName),
        Requester = errors.Optional($"{prefix}requester", Requester, MaxName),
        Risk = Level(errors, $"{prefix}risk"),
    };

    private int? Level(FieldErrors errors, string field)
    {
        if (Risk is null)
            return null;
        if (int.TryParse(Risk, NumberStyles.None, CultureInfo.InvariantCulture, out var risk) && risk is >= 1 and <= 3)
            return risk;

        errors.Add(field, "must be 1, 2 or 3.");
        return null;
    }
}
