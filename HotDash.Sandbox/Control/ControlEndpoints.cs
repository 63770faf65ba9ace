using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using HotDash.Sandbox.Faults;
using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Webhooks;

namespace HotDash.Sandbox.Control;

/// <summary>What tests and developers use to steer the sandbox. No key is needed, so only this machine is answered.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/_sandbox").AddEndpointFilter(OnlyThisMachineAsync);

        control.MapFaults();
        control.MapSettings();
        control.MapWebhooks();

        control.MapGet("/ledger/{provider}", (string provider, EffectLedger ledger, IEnumerable<IProvider> providers, int after = 0, string? operation = null) =>
        {
            if (providers.FirstOrDefault(known => known.Key == provider) is not { } found)
                return Problem.NotFound($"There is no provider {provider}.");

            found.Settle();
            return Answer(new { effects = ledger.Read(provider, Math.Max(after, 0), string.IsNullOrEmpty(operation) ? null : operation) });
        });

        control.MapGet("/violations", (ViolationBook violations, string? provider = null) =>
            Answer(new { violations = violations.Read(provider) }));

        control.MapPost("/reset", (EffectLedger ledger, ViolationBook violations, FaultBook faults, IEnumerable<IProvider> providers) =>
        {
            foreach (var provider in providers)
                provider.Reset();

            ledger.Clear();
            violations.Clear();
            faults.Replace([]);
            return Results.NoContent();
        });
    }

    public static IResult Answer<T>(T body, int status = StatusCodes.Status200OK) => Results.Json(body, Json, statusCode: status);

    private static void MapSettings(this RouteGroupBuilder control)
    {
        control.MapGet("/settings", (IEnumerable<IProvider> providers) => Answer(Settings(providers)));

        control.MapPut("/settings", async (HttpRequest request, IEnumerable<IProvider> providers, CancellationToken ct) =>
        {
            var (changes, refusal) = await ControlJson.ReadAsync<Dictionary<string, JsonObject>>(request, ct);
            if (refusal is not null)
                return refusal;

            var errors = changes!.SelectMany(change => Change(providers, change.Key, change.Value)).ToDictionary(StringComparer.Ordinal);
            return errors.Count > 0 ? Problem.Invalid(errors) : Answer(Settings(providers));
        });
    }

    private static Dictionary<string, JsonObject> Settings(IEnumerable<IProvider> providers) =>
        providers.ToDictionary(provider => provider.Key, provider => provider.GetSettings(), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Change(IEnumerable<IProvider> providers, string key, JsonObject changes) =>
        providers.FirstOrDefault(provider => provider.Key == key) is { } provider
            ? provider.ChangeSettings(changes).Select(error => KeyValuePair.Create($"{key}.{error.Key}", error.Value))
            : [KeyValuePair.Create(key, "There is no such provider.")];

    private static async ValueTask<object?> OnlyThisMachineAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? await next(context)
            : Problem.NotFound("There is nothing here.");
}
