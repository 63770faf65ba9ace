using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary><c>status=eq.draft</c>, <c>not.in.(a,b)</c>, <c>or=(a.eq.1,and(b.gt.2,c.is.null))</c>.</summary>
internal static class FilterParser
{
    public static Condition Column(Table table, string column, string filter) =>
        Operation(table.Column(column), new("filter", filter), nested: false);

    /// <param name="name"><c>or</c>, <c>and</c>, <c>not.or</c> or <c>not.and</c>.</param>
    public static Condition Logic(Table table, string name, string filter)
    {
        var scanner = new Scanner("logic tree", $"{name}{filter}");
        var condition = Part(table, scanner);

        return scanner.IsAtEnd ? condition : throw scanner.Failed();
    }

    private static Condition Part(Table table, Scanner scanner)
    {
        if (scanner.Skip("not."))
            return new Condition.Not(Part(table, scanner));

        if (scanner.Skip("or("))
            return new Condition.Any(Parts(table, scanner));

        if (scanner.Skip("and("))
            return new Condition.All(Parts(table, scanner));

        var column = table.Column(scanner.Name());
        scanner.Expect('.');
        return Operation(column, scanner, nested: true);
    }

    private static List<Condition> Parts(Table table, Scanner scanner)
    {
        var parts = new List<Condition> { Part(table, scanner) };
        while (scanner.Skip(','))
            parts.Add(Part(table, scanner));

        scanner.Expect(')');
        return parts;
    }

    private static Condition Operation(Column column, Scanner scanner, bool nested)
    {
        if (scanner.Skip("not."))
            return new Condition.Not(Operation(column, scanner, nested));

        var name = scanner.Name();
        scanner.Expect('.');
        return name is "in"
            ? new Condition.In(column.Name, [.. Choices(scanner).Select(column.Parse)])
            : Operation(column, name, nested ? scanner.Value() : scanner.Rest(), scanner);
    }

    private static Condition Operation(Column column, string name, string value, Scanner scanner) => name switch
    {
        "eq" => new Condition.Compare(column.Name, column.Parse(value), order => order is 0),
        "neq" => new Condition.Compare(column.Name, column.Parse(value), order => order is not 0),
        "gt" => new Condition.Compare(column.Name, column.Parse(value), order => order > 0),
        "gte" => new Condition.Compare(column.Name, column.Parse(value), order => order >= 0),
        "lt" => new Condition.Compare(column.Name, column.Parse(value), order => order < 0),
        "lte" => new Condition.Compare(column.Name, column.Parse(value), order => order <= 0),
        "like" or "ilike" when column.Type is not ColumnType.Text => throw new PostgrestException(
            404, "42883", $"operator does not exist: {column.Type} ~~ unknown", hint: "No operator matches the given name and argument types."),
        "like" or "ilike" => new Condition.Like(column.Name, value.Replace('*', '%'), name is "ilike"),
        "is" when value.Equals("null", StringComparison.OrdinalIgnoreCase) => new Condition.IsNull(column.Name),
        "is" when value.Equals("not_null", StringComparison.OrdinalIgnoreCase) => new Condition.Not(new Condition.IsNull(column.Name)),
        _ => throw scanner.Failed(),
    };

    private static List<string> Choices(Scanner scanner)
    {
        scanner.Expect('(');
        var choices = new List<string> { scanner.Value() };
        while (scanner.Skip(','))
            choices.Add(scanner.Value());

        scanner.Expect(')');
        return choices is [""] ? [] : choices;
    }
}
