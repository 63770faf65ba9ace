using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Chatwoot;

/// <summary>What goes over the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConversationsReply))]
[JsonSerializable(typeof(ConversationRow))]
[JsonSerializable(typeof(MessagesReply))]
[JsonSerializable(typeof(MessageRow))]
[JsonSerializable(typeof(ProfileRow))]
[JsonSerializable(typeof(IReadOnlyList<AgentRow>))]
[JsonSerializable(typeof(LabelsReply))]
[JsonSerializable(typeof(ConversationLabels))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(WebhookRow))]
[JsonSerializable(typeof(HealthReply))]
[JsonSerializable(typeof(ServerReply))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(ConversationEvent))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(LabelsBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(AssignmentBody))]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class ChatwootJson : JsonSerializerContext;

internal sealed record MessageBody(string Content, string MessageType, bool Private, MessageMark ContentAttributes);

internal sealed record MessageMark(Guid HotdashMark, bool? AiGenerated = null, Guid? HotdashApproval = null);

internal sealed record LabelsBody(IReadOnlyList<string> Labels);

internal sealed record StatusBody(ConversationStatus Status, long? SnoozedUntil);

internal sealed record AssignmentBody(long AssigneeId);

internal sealed record WebhookBody(string Url, IReadOnlyList<string> Subscriptions);

internal sealed class ProfileRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public string Name { get; init; } = "";
    [JsonRequired] public IReadOnlyList<AccountRow> Accounts { get; init; } = [];
}

internal sealed class AccountRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public string Role { get; init; } = "";
}

internal sealed class AgentRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public string Name { get; init; } = "";
    [JsonRequired] public string Role { get; init; } = "";
    public string? AvailabilityStatus { get; init; }
}

internal sealed class LabelsReply
{
    [JsonRequired] public IReadOnlyList<LabelRow> Payload { get; init; } = [];
}

internal sealed class LabelRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public string Title { get; init; } = "";
}

internal sealed class ConversationLabels
{
    [JsonRequired] public IReadOnlyList<string> Payload { get; init; } = [];
}

internal sealed class StatusReply
{
    [JsonRequired] public StatusPayload Payload { get; init; } = new();
}

internal sealed class StatusPayload
{
    [JsonRequired] public ConversationStatus CurrentStatus { get; init; }
}

internal sealed class WebhookRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public string Url { get; init; } = "";
    [JsonRequired] public IReadOnlyList<string> Subscriptions { get; init; } = [];
    public string? Secret { get; init; }

    public Webhook ToWebhook() => new() { Id = Id, Url = Url, Events = Subscriptions, Secret = Secret };
}

internal sealed class HealthReply
{
    [JsonRequired] public string Status { get; init; } = "";
}

internal sealed class ServerReply
{
    public string? Version { get; init; }
    [JsonRequired] public string QueueServices { get; init; } = "";
    [JsonRequired] public string DataServices { get; init; } = "";
}
