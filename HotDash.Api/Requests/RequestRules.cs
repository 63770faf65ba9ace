using System.Text.Json;
using System.Text.Json.Serialization;
using HotDash.Api.Problems;
using HotDash.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace HotDash.Api.Requests;

/// <summary>What holds for every request: small bodies, strict JSON in UTF-8, and refusals that become problem documents.</summary>
internal static class RequestRules
{
    public const int MaxBodyBytes = 1024 * 1024;

    public static void AddRequestRules(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => MakeStrict(options.SerializerOptions));
    }

    public static void UseRequestRules(this WebApplication app) =>
        app.Use((context, next) => Refusal(context)?.ExecuteAsync(context) ?? next(context));

    private static ApiProblem? Refusal(HttpContext context) =>
        context.FindUnreadable() is { } part ? ApiProblem.Invalid(part, "must be UTF-8 without control characters such as U+0000.")
        : IsUtf8(context.Request) ? null
        : ApiProblem.Of(
            StatusCodes.Status415UnsupportedMediaType,
            ProblemCodes.UnsupportedMediaType,
            ProblemCodes.DetailOf(StatusCodes.Status415UnsupportedMediaType));

    private static void MakeStrict(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new UtcTimeConverter());
    }

    /// <summary>The reader would answer an unknown charset with a 500.</summary>
    private static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
