using System.ComponentModel;
using System.Globalization;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Audit;

internal static class VerifyAudit
{
    private const int HashLength = 64;

    public static async Task<Results<Ok<AuditVerdict>, ApiProblem>> HandleAsync(
        AuditVerifier verifier,
        CancellationToken ct,
        [Description("number of an entry, from a checkpoint that you kept")] string? seq = null,
        [Description("and its hash")] string? hash = null)
    {
        var errors = new FieldErrors();
        var number = 0L;
        errors.Require(seq is null || (long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0), "seq", "must be the number of an entry, from 1.");
        errors.Require(hash is null || (hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower)), "hash", "must be 64 hexadecimal digits, in lower case.");
        errors.Require(seq is null == hash is null, "hash", "must be given together with seq.");
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(await verifier.VerifyAsync(hash is null ? null : (number, hash), ct));
    }
}
