using Npgsql;

namespace HotDash.ServiceDefaults.Npgsql;

internal static class ConnectionStrings
{
    /// <summary>Returns a usable connection string, or throws a sentence that names the variable and never its value.</summary>
    public static string Check(string connectionName, string? connectionString)
    {
        var variable = $"ConnectionStrings__{connectionName}";

        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidOperationException(
                $"The connection string '{connectionName}' is missing. Set the environment variable {variable}, for example to " +
                "'Host=localhost;Port=5432;Username=…;Password=…;Database=…'.");
        }

        return HostOf(connectionString) is { Length: > 0 }
            ? connectionString
            : throw new InvalidOperationException(
                $"{variable} is not a PostgreSQL connection string with a Host; write it as 'Host=…;Port=…;Username=…;Password=…;Database=…'.");
    }

    private static string? HostOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // The parser's exception may repeat a part of the value, so it goes no further.
            return null;
        }
    }
}
