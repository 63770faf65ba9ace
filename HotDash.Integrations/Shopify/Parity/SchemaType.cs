using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify.Parity;

/// <summary>What a schema says of itself: https://spec.graphql.org/October2021/#sec-Introspection</summary>
internal sealed record SchemaData([property: JsonPropertyName("__schema")] SchemaRoots Schema);

internal sealed record SchemaRoots(SchemaName QueryType, SchemaName MutationType, IReadOnlyList<SchemaDirective> Directives);

internal sealed record SchemaName(string Name);

internal sealed record SchemaDirective(string Name, IReadOnlyList<SchemaName> Args);

/// <param name="Type">Null when there is no such type.</param>
internal sealed record TypeData([property: JsonPropertyName("__type")] SchemaType? Type);

/// <summary>An object, an interface, an input or an enumeration: each has one of the lists.</summary>
internal sealed record SchemaType(
    string Name, IReadOnlyList<SchemaField>? Fields = null, IReadOnlyList<SchemaInput>? InputFields = null, IReadOnlyList<SchemaValue>? EnumValues = null);

/// <summary>What may be deprecated.</summary>
internal abstract record SchemaMember(string Name, bool IsDeprecated, string? DeprecationReason);

internal sealed record SchemaField(string Name, SchemaTypeRef Type, IReadOnlyList<SchemaInput> Args, bool IsDeprecated = false, string? DeprecationReason = null)
    : SchemaMember(Name, IsDeprecated, DeprecationReason);

/// <summary>An argument, or a field of an input.</summary>
internal sealed record SchemaInput(string Name, SchemaTypeRef Type, string? DefaultValue = null, bool IsDeprecated = false, string? DeprecationReason = null)
    : SchemaMember(Name, IsDeprecated, DeprecationReason)
{
    public bool IsRequired => Type.Kind is "NON_NULL" && DefaultValue is null;
}

internal sealed record SchemaValue(string Name, bool IsDeprecated = false, string? DeprecationReason = null) : SchemaMember(Name, IsDeprecated, DeprecationReason);

/// <summary>Of a list, or of what is never null, the type within.</summary>
internal sealed record SchemaTypeRef(string Kind, string? Name = null, SchemaTypeRef? OfType = null)
{
    /// <summary>Without lists and exclamation marks.</summary>
    public string Named => Name ?? OfType?.Named ?? "";
}
