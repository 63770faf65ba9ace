using HotDash.Api.Access;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HotDash.Api.OpenApi;

/// <summary>The api described for programs, at /api/openapi.json.</summary>
internal static class OpenApiDocument
{
    public static void AddOpenApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => SayScope(operation, context));
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder api) => api.MapOpenApi("/openapi.json").RequireScope(ApiKeyScopes.Read);

    private static Task Describe(Microsoft.OpenApi.OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "HotDash", Version = "1", Description = "Every failure is a problem document (RFC 9457) with a stable code." };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [ApiKeyAuthentication.Name] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "hd_…" },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeyAuthentication.Name, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task SayScope(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var scopes = context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeAttribute>().Select(s => s.Scope).ToList();
        if (scopes is [])
            operation.Security = []; // it needs no key
        else
            operation.Description = $"{operation.Description} Needs the scope {string.Join(", ", scopes)}.".TrimStart();
        return Task.CompletedTask;
    }
}
