using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Keys;

internal static class ListKeys
{
    public sealed record Reply(IReadOnlyList<ApiKey> Keys);

    public static async Task<Ok<Reply>> HandleAsync(ApiKeyStore keys, CancellationToken ct) =>
        TypedResults.Ok(new Reply(await keys.ListAsync(ct)));
}
