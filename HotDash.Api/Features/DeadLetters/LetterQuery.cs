using System.ComponentModel;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;

namespace HotDash.Api.Features.DeadLetters;

/// <summary>A filter as callers write it, in a query or in a body.</summary>
internal sealed record LetterQuery
{
    private const int MaxName = 100;
    private const int MaxText = 200;

    [Description("key of an integration")]
    public string? Integration { get; init; }

    [Description("name of an operation")]
    public string? Operation { get; init; }

    [Description("code of the failure")]
    public string? Failure { get; init; }

    [Description("pending, replaying, replayed, unknown or discarded")]
    public string? State { get; init; }

    [Description("RFC 3339; kept at this time or later")]
    public string? From { get; init; }

    [Description("RFC 3339; kept before this time")]
    public string? To { get; init; }

    [Description("a part of the failure's summary")]
    public string? Text { get; init; }

    /// <param name="prefix">Of the fields' names, for a filter within a body.</param>
    public DeadLetterFilter Read(FieldErrors errors, string prefix = "")
    {
        var filter = new DeadLetterFilter
        {
            Integration = errors.Optional($"{prefix}integration", Integration, MaxName),
            Operation = errors.Optional($"{prefix}operation", Operation, MaxName),
            Failure = errors.Optional($"{prefix}failure", Failure, MaxName),
            Text = errors.Optional($"{prefix}text", Text, MaxText),
            State = errors.OneOf<LetterState>($"{prefix}state", State),
            From = errors.Time($"{prefix}from", From),
            To = errors.Time($"{prefix}to", To),
        };
        errors.Require(!(filter.From >= filter.To), $"{prefix}to", $"must be later than {prefix}from.");

        return filter;
    }
}
