namespace HotDash.Sandbox.Supabase;

/// <summary>A refusal with PostgREST's four fields. https://docs.postgrest.org/en/stable/references/errors.html</summary>
internal sealed class PostgrestException(int status, string code, string message, string? details = null, string? hint = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Details { get; } = details;

    public string? Hint { get; } = hint;

    public static PostgrestException BadQuery(string parameter, string value) => new(
        400, "PGRST100", $"\"failed to parse {parameter} ({value})\" (line 1, column 1)", "unexpected input");

    public static PostgrestException NoColumn(string table, string column) => new(400, "42703", $"column {table}.{column} does not exist");

    public static PostgrestException NoTable(string table) => new(
        404, "PGRST205", $"Could not find the table 'public.{table}' in the schema cache");

    public static PostgrestException BadJson() => new(400, "PGRST102", "Empty or invalid json");
}
