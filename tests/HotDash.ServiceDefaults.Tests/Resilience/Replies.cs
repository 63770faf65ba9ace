using System.Net;
using HotDash.TestKit;

namespace HotDash.ServiceDefaults.Tests.Resilience;

internal static class Replies
{
    public static StubProvider Of(params HttpStatusCode[] statuses) =>
        statuses.Aggregate(new StubProvider(), (wire, status) => wire.Replies(status));

    public static StubProvider Times(this StubProvider wire, int count, HttpStatusCode status) =>
        Enumerable.Repeat(status, count).Aggregate(wire, (w, s) => w.Replies(s));
}
