using HotDash.Sandbox.Control;

namespace HotDash.Sandbox.Faults;

internal static class FaultEndpoints
{
    public static void MapFaults(this RouteGroupBuilder control)
    {
        control.MapGet("/faults", (FaultBook faults) => ControlEndpoints.Answer(new { faults = faults.Read() }));
        control.MapPost("/faults", AddAsync);
        control.MapPut("/faults", ReplaceAsync);

        control.MapDelete("/faults", (FaultBook faults) =>
        {
            faults.Replace([]);
            return Results.NoContent();
        });
        control.MapDelete("/faults/{id}", (string id, FaultBook faults) =>
            faults.Remove(id) ? Results.NoContent() : Problem.NotFound($"There is no fault {id}."));
    }

    private static async Task<IResult> AddAsync(HttpRequest request, FaultBook faults, IEnumerable<IProvider> providers, CancellationToken ct)
    {
        var (rule, refusal) = await ControlJson.ReadAsync<FaultRule>(request, ct);
        if (refusal is not null)
            return refusal;

        var errors = FaultValidation.Check(rule!, providers.Select(provider => provider.Key));
        return errors.Count > 0
            ? Problem.Invalid(errors)
            : ControlEndpoints.Answer(faults.Add(rule!), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReplaceAsync(HttpRequest request, FaultBook faults, IEnumerable<IProvider> providers, CancellationToken ct)
    {
        var (rules, refusal) = await ControlJson.ReadAsync<FaultRule[]>(request, ct);
        if (refusal is not null)
            return refusal;

        var errors = rules!.SelectMany((rule, index) => FaultValidation.Check(rule, providers.Select(provider => provider.Key))
                .Select(error => KeyValuePair.Create($"[{index}].{error.Key}", error.Value)))
            .ToDictionary(StringComparer.Ordinal);
        return errors.Count > 0 ? Problem.Invalid(errors) : ControlEndpoints.Answer(new { faults = faults.Replace(rules!) });
    }
}
