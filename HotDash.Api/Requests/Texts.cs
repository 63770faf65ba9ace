namespace HotDash.Api.Requests;

internal static class Texts
{
    /// <summary>Between one and so many characters (UTF-16), something but blanks, and nothing that the store cannot keep.</summary>
    public static string? Required(this FieldErrors errors, string field, string? value, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            errors.Add(field, "is required and must not be blank.");

        return errors.Optional(field, value, max);
    }

    /// <summary>What a list is narrowed by: blanks narrow nothing.</summary>
    public static string? Filter(this FieldErrors errors, string field, string? value, int max) =>
        errors.Optional(field, string.IsNullOrWhiteSpace(value) ? null : value, max);

    /// <summary>Nothing, or at most so many characters (UTF-16).</summary>
    public static string? Optional(this FieldErrors errors, string field, string? value, int max)
    {
        if (value?.Length > max)
            errors.Add(field, $"must have at most {max} characters, not {value.Length}.");
        if (value?.Contains('\0', StringComparison.Ordinal) is true)
            errors.Add(field, "must not contain the character U+0000.");

        return value;
    }
}
