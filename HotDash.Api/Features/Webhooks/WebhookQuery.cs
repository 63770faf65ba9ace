using System.ComponentModel;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Webhooks;

namespace HotDash.Api.Features.Webhooks;

/// <summary>A filter as callers write it.</summary>
internal sealed record WebhookQuery
{
    private const int Max = 200;

    [Description("chatwoot, shopify, or the name of a configured sender")]
    public string? Source { get; init; }

    [Description("such as message_created or orders/updated")]
    public string? Topic { get; init; }

    [Description("what it is about, such as conversation/7")]
    public string? Resource { get; init; }

    [Description("pending, done, ignored or poison")]
    public string? State { get; init; }

    [Description("RFC 3339; received at this time or later")]
    public string? From { get; init; }

    [Description("RFC 3339; received before this time")]
    public string? To { get; init; }

    [Description("a part of the topic, the resource, the delivery's id or the error")]
    public string? Text { get; init; }

    public WebhookFilter Read(FieldErrors errors)
    {
        var filter = new WebhookFilter
        {
            Source = errors.Filter("source", Source, Max),
            Topic = errors.Filter("topic", Topic, Max),
            Resource = errors.Filter("resource", Resource, Max),
            State = errors.OneOf<WebhookState>("state", State),
            From = errors.Time("from", From),
            To = errors.Time("to", To),
            Text = errors.Filter("text", Text, Max),
        };
        errors.Require(!(filter.From >= filter.To), "to", "must be later than from.");

        return filter;
    }
}
