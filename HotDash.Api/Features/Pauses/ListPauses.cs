using HotDash.ControlPlane.Pauses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Pauses;

internal static class ListPauses
{
    public sealed record Reply(IReadOnlyList<PauseView> Pauses);

    public static async Task<Ok<Reply>> HandleAsync(PauseStore pauses, CancellationToken ct) => TypedResults.Ok(new Reply(await pauses.ListAsync(ct)));
}
