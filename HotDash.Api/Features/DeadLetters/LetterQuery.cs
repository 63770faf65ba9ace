using System.ComponentModel;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;

namespace HotDash.Api.Features.DeadLetters;

/// <summary>A filter as callers write it, in a query or in a body.</summary>
internal sealed record LetterQuery(
    [property: Description("key of an integration")] string? Integration = null,
    [property: Description("name of an operation")] string? Operation = null,
    [property: Description("code of the failure")] string? Failure = null,
    [property: Description("pending, replaying, replayed, unknown or discarded")] string? State = null,
    [property: Description("RFC 3339; kept at this time or later")] string? From = null,
    [property: Description("RFC 3339; kept before this time")] string? To = null,
    [property: Description("a part of the failure's summary")] string? Text = null)
{
    private const int MaxName = 100;
    private const int MaxText = 200;

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
