using HotDash.Integrations;

namespace HotDash.Api.Requests;

internal static class Choices
{
    /// <summary>Nothing, or one of the enum's names in snake_case, exactly.</summary>
    public static T? OneOf<T>(this FieldErrors errors, string field, string? value, params T[] allowed) where T : struct, Enum
    {
        if (value is null)
            return null;

        var choices = allowed is [] ? Enum.GetValues<T>() : allowed;
        foreach (var choice in choices)
        {
            if (value == choice.ToSnakeCase())
                return choice;
        }

        errors.Add(field, $"must be one of {string.Join(", ", choices.Select(SnakeCase.ToSnakeCase))}.");
        return null;
    }

    /// <summary>As <see cref="OneOf"/>, and it must be given.</summary>
    public static T RequiredOneOf<T>(this FieldErrors errors, string field, string? value, params T[] allowed) where T : struct, Enum =>
        errors.OneOf(field, value ?? "", allowed) ?? default;
}
