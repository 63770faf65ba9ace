namespace Aspire.Npgsql;

/// <summary>Bound from <c>Aspire:Npgsql</c>, then <c>Aspire:Npgsql:{connectionName}</c>, then <c>ConnectionStrings:{connectionName}</c>.</summary>
public sealed class NpgsqlSettings
{
    /// <summary>Holds a password: never log it.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    public bool DisableMetrics { get; set; }
}
