using System.Text.Json.Serialization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What became of an event.</summary>
[JsonConverter(typeof(SnakeCaseConverter<WebhookState>))]
public enum WebhookState
{
    /// <summary>It is still to be handled, or to be tried again.</summary>
    Pending,

    Done,

    /// <summary>Nothing in HotDash makes anything of its topic.</summary>
    Ignored,

    /// <summary>It was given up: a person looks at it, and may replay it.</summary>
    Poison,
}

/// <summary>An event as lists show it: nothing of the body.</summary>
/// <param name="Error">Why it failed last, in our own words.</param>
/// <param name="DueAt">Of one that is pending: when it is tried next.</param>
/// <param name="Bytes">Of the body.</param>
public sealed record WebhookView(
    Guid Id, string Source, string Topic, string Resource, string DeliveryId, WebhookState State, DateTimeOffset ReceivedAt, int Attempts, string? Error,
    DateTimeOffset? DueAt, DateTimeOffset? SettledAt, int Bytes);

/// <summary>An event with its body. A class: a record would print it.</summary>
public sealed class OpenedWebhook(WebhookView view, byte[]? body)
{
    public WebhookView View => view;

    /// <summary>Null when it cannot be opened any more: its data-protection key is gone.</summary>
    public byte[]? Body => body;
}

/// <summary>Which events; what is null does not matter.</summary>
public sealed record WebhookFilter
{
    public string? Source { get; init; }

    public string? Topic { get; init; }

    public string? Resource { get; init; }

    public WebhookState? State { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>A part of the topic, the resource, the delivery's id or the error, in any case.</summary>
    public string? Text { get; init; }
}

/// <summary>Where a page of events ended.</summary>
public sealed record WebhookPosition(long Seq) : Cursor;
