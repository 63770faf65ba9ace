using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HotDash.Hosting.Tests.ApplicationModel;

/// <summary>Writes an assembly's public surface as one line per type and member.</summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    public static IEnumerable<string> Of(Type type)
    {
        yield return $"{Kind(type)} {type.Namespace}.{Name(type)}{Bases(type)}";

        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
            {
                yield return $"{type.Name}.{name} = {Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}";
            }

            yield break;
        }

        foreach (var line in type.GetMembers(Declared).Where(m => !IsGenerated(m)).Select(Of).OfType<string>())
        {
            yield return $"{type.Name.Split('`')[0]}.{line}";
        }
    }

    private static string? Of(MemberInfo member) => member switch
    {
        ConstructorInfo { IsPublic: true, IsStatic: false } constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
            $"{Static(method)}{method.Name}{Generic(method)}({Parameters(method)}) : {Name(method.ReturnType)}{Constraints(method)}",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsVisible(accessor) =>
            $"{Static(accessor)}{property.Name} : {Name(property.PropertyType)}{Accessors(property)}",
        FieldInfo { IsPublic: true } field => $"{(field.IsStatic ? "static " : "")}{field.Name} : {Name(field.FieldType)}",
        _ => null,
    };

    private static bool IsVisible(MethodInfo method) => method.IsPublic || method.IsFamily;

    /// <summary>What the compiler adds to records and what everybody overrides says nothing about Aspire.</summary>
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && member is not PropertyInfo
        || member.Name is "ToString" or "EqualityContract" or "PrintMembers" or "<Clone>$" or "Finalize";

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum || type.IsValueType)
        {
            return "";
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = type.GetInterfaces().Except(inherited).Where(i => i.IsVisible && i.Name is not "IEquatable`1").Select(Name)
            .Order(StringComparer.Ordinal);
        var all = type.BaseType is { } parent && parent != typeof(object) ? bases.Prepend(Name(parent)) : bases;
        var text = string.Join(", ", all);

        return text.Length > 0 ? $" : {text}" : "";
    }

    private static string Static(MethodInfo method) =>
        method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "extension " : method.IsStatic ? "static " : "";

    private static string Accessors(PropertyInfo property) => property.SetMethod switch
    {
        { IsPublic: true } set => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " { get; init; }" : " { get; set; }",
        _ => "",
    };

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Constraints(MethodInfo method) => method.IsGenericMethod
        ? string.Concat(method.GetGenericArguments().Select(Constraint))
        : "";

    private static string Constraint(Type argument)
    {
        var wanted = argument.GetGenericParameterConstraints();
        var inherited = wanted.SelectMany(w => w.GetInterfaces()).ToHashSet();
        var names = wanted.Where(w => !inherited.Contains(w)).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            names.Add("new()");
        }

        return names.Count > 0 ? $" where {argument.Name} : {string.Join(", ", names)}" : "";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : parameter.IsIn ? "in " : parameter.IsOut ? "out " : "";
        var value = parameter.HasDefaultValue ? $" = {parameter.DefaultValue switch { null => "default", string s => $"\"{s}\"", var v => v }}" : "";

        return $"{modifier}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        if (!type.IsGenericType)
        {
            return Keyword(type);
        }

        var variance = type.IsGenericTypeDefinition && type.GetGenericArguments()[0].GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant)
            ? "out "
            : "";
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(a => variance + Name(a)))}>";
    }

    private static string Keyword(Type type) => type == typeof(string) ? "string"
        : type == typeof(int) ? "int"
        : type == typeof(bool) ? "bool"
        : type == typeof(object) ? "object"
        : type == typeof(void) ? "void"
        : type is { IsNested: true, IsGenericParameter: false } ? $"{type.DeclaringType!.Name}.{type.Name}"
        : type.Name;
}
