namespace Aspire.Hosting.ApplicationModel;

internal static class ModelName
{
    /// <summary>A resource name is also a DCP name, a service discovery name and half an environment variable.</summary>
    public static void Validate(string name, string what = "resource")
    {
        ArgumentNullException.ThrowIfNull(name);

        if (name.Length is 0 or > 64 || !char.IsAsciiLetter(name[0]) || name[^1] is '-'
            || name.Contains("--", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
        {
            throw new DistributedApplicationException(
                $"The {what} name '{name}' is invalid: use 1 to 64 ASCII letters, digits and single dashes, "
                + "starting with a letter and not ending with a dash.");
        }
    }
}
