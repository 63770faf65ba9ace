using System.Net;

using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>A stub answers each plan once. A provider that is down is down for every attempt and every call of a test.</summary>
internal static class RepeatedReplies
{
    private const int MoreThanATestAsks = 300;

    public static StubProvider AlwaysReplies(this StubProvider provider, HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) =>
        Repeat(provider, stub => stub.Replies(status, body, headers));

    public static StubProvider Always(this StubProvider provider, Func<HttpRequestMessage, HttpResponseMessage> reply) =>
        Repeat(provider, stub => stub.Replies(reply));

    public static StubProvider AlwaysFails(this StubProvider provider, Exception how) => Repeat(provider, stub => stub.Fails(how));

    public static StubProvider AlwaysHangs(this StubProvider provider) => Repeat(provider, stub => stub.Hangs());

    private static StubProvider Repeat(StubProvider provider, Action<StubProvider> plan)
    {
        for (var call = 0; call < MoreThanATestAsks; call++)
            plan(provider);

        return provider;
    }
}
