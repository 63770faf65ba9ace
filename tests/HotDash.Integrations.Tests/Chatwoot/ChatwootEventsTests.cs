using System.Text;
using HotDash.Integrations.Chatwoot;

namespace HotDash.Integrations.Tests.Chatwoot;

public sealed class ChatwootEventsTests
{
    private static readonly DateTimeOffset Received = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\"2026-03-01T12:00:00.000Z\"", "2026-03-01T12:00:00Z")]
    [InlineData("\"2026-03-01 12:00:00 UTC\"", "2026-03-01T12:00:00Z")]
    [InlineData("1772366400", "2026-03-01T12:00:00Z")]
    [InlineData("\"yesterday\"", "2026-05-01T00:00:00Z")]
    [InlineData("null", "2026-05-01T00:00:00Z")]
    public void A_message_is_read_with_its_time_in_whichever_way_the_server_writes_it(string time, string expected)
    {
        var read = ChatwootEvents.ReadMessage(Bytes($$$"""{"id":9,"message_type":"incoming","content":"Hi","created_at":{{{time}}},"sender":{"name":"Mira"},"conversation":{"id":42}}"""), Received);

        var (conversation, message) = Assert.NotNull(read);
        Assert.Equal(("42", new Message("9", MessageKind.Incoming, false, "Hi", "Mira", DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), null)), (conversation, message));
    }

    [Theory]
    [InlineData("""{"id":9,"message_type":"incoming"}""")]
    [InlineData("""{"id":9,"message_type":0,"conversation":{"id":42}}""")]
    [InlineData("""{"id":"9","message_type":"incoming","conversation":{"id":42}}""")]
    [InlineData("""{"message_type":"incoming","conversation":{"id":42}}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void What_is_no_message_is_none(string body) => Assert.Null(ChatwootEvents.ReadMessage(Bytes(body), Received));

    [Theory]
    [InlineData("""{"id":42,"labels":["vip","shipping"]}""", "vip shipping")]
    [InlineData("""{"id":42,"labels":[]}""", "")]
    [InlineData("""{"id":42}""", null)]
    [InlineData("""{"labels":["vip"]}""", null)]
    public void Labels_are_read_where_an_event_says_them(string body, string? labels) =>
        Assert.Equal(labels, ChatwootEvents.ReadLabels(Bytes(body)) is { ConversationId: "42" } read ? string.Join(' ', read.Labels) : null);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
