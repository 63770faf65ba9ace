namespace HotDash.Integrations.Shopify.Parity;

/// <summary>Goes through our documents and enumerations beside the schema, and notes what differs.</summary>
/// <param name="findAsync">A type of the schema by its name; null when there is none.</param>
internal sealed class ParityWalk(SchemaRoots roots, Func<string, Task<SchemaType?>> findAsync)
{
    private readonly Dictionary<string, ParityFinding> _findings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);
    private string _operation = "";
    private GraphDocument _document = null!;
    private IReadOnlyDictionary<string, GraphValue> _examples = null!;

    public int Compared => _compared.Count;

    public IReadOnlyList<ParityFinding> Findings => [.. _findings.Values.OrderBy(finding => finding.Kind).ThenBy(finding => finding.What, StringComparer.Ordinal)];

    /// <param name="operation">Its name.</param>
    /// <param name="document">What it asks for.</param>
    /// <param name="examples">Of its variables, where they have fields of their own.</param>
    public async Task DocumentAsync(string operation, GraphDocument document, IReadOnlyDictionary<string, GraphValue> examples)
    {
        (_operation, _document, _examples) = (operation, document, examples);
        await FieldsAsync((document.IsMutation ? roots.MutationType : roots.QueryType).Name, document.Fields);
    }

    /// <param name="words">The values that we know.</param>
    /// <param name="all">Whether those should be all of them.</param>
    public async Task EnumAsync(string operation, string name, IReadOnlyList<string> words, bool all)
    {
        _operation = operation;
        if (await TypeAsync(name) is not { } type)
            return;

        foreach (var word in words)
            Find(type.EnumValues, word, $"{name}.{word}");
        foreach (var value in all ? type.EnumValues ?? [] : [])
        {
            if (!words.Contains(value.Name, StringComparer.Ordinal))
                Note(ParityKind.New, $"{name}.{value.Name}");
        }
    }

    private async Task FieldsAsync(string typeName, IReadOnlyList<GraphField> fields)
    {
        if (fields is [] || await TypeAsync(typeName) is not { } type)
            return;

        foreach (var field in fields)
        {
            if (field.On is { } on)
                await FieldsAsync(on, field.Fields);
            else if (Find(type.Fields, field.Name, $"{type.Name}.{field.Name}") is { } found)
                await FieldAsync(type, field, found);
        }
    }

    private async Task FieldAsync(SchemaType type, GraphField field, SchemaField found)
    {
        await ArgumentsAsync($"{type.Name}.{field.Name}", found.Args, field.Arguments);
        foreach (var directive in field.Directives)
        {
            _compared.Add($"@{directive.Name}");
            var known = roots.Directives.FirstOrDefault(known => known.Name == directive.Name);
            if (known is null || directive.Arguments.Any(argument => known.Args.All(arg => arg.Name != argument.Name)))
                Note(ParityKind.Missing, $"@{directive.Name}");
        }

        await FieldsAsync(found.Type.Named, field.Fields);
    }

    private async Task ArgumentsAsync(string where, IReadOnlyList<SchemaInput>? known, IReadOnlyList<GraphArgument> given)
    {
        foreach (var argument in given)
        {
            if (Find(known, argument.Name, $"{where}({argument.Name}:)") is { } found)
                await ValueAsync($"{where}({argument.Name}:)", found.Type, argument.Value);
        }

        foreach (var needed in (known ?? []).Where(input => input.IsRequired && given.All(argument => argument.Name != input.Name)))
            Note(ParityKind.Missing, $"{where}({needed.Name}:)", "It is required, and HotDash does not send it.");
    }

    private Task ValueAsync(string where, SchemaTypeRef type, GraphValue value) => value switch
    {
        GraphValue.Word word => EnumAsync(_operation, type.Named, [word.Name], all: false),
        GraphValue.List list => EachAsync(list.Items, item => ValueAsync(where, type, item)),
        GraphValue.Input input => InputAsync(type.Named, input),
        GraphValue.Variable variable => VariableAsync(where, type, variable.Name),
        _ => Task.CompletedTask,
    };

    private async Task VariableAsync(string where, SchemaTypeRef type, string name)
    {
        if (_document.Variables[name] != type.Named)
            Note(ParityKind.Missing, where, $"It takes {type.Named}, and HotDash sends {_document.Variables[name]}.");
        else if (_examples.TryGetValue(name, out var example))
            await ValueAsync(where, type, example);
    }

    private async Task InputAsync(string name, GraphValue.Input input)
    {
        if (await TypeAsync(name) is { } type)
            await ArgumentsAsync(name, type.InputFields, input.Fields);
    }

    private static async Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> actAsync)
    {
        foreach (var item in items)
            await actAsync(item);
    }

    private async Task<SchemaType?> TypeAsync(string name)
    {
        _compared.Add(name);
        var type = await findAsync(name);
        if (type is null)
            Note(ParityKind.Missing, name);

        return type;
    }

    private T? Find<T>(IReadOnlyList<T>? members, string name, string what)
        where T : SchemaMember
    {
        _compared.Add(what);
        var found = members?.FirstOrDefault(member => member.Name == name);
        if (found is null)
            Note(ParityKind.Missing, what);
        else if (found.IsDeprecated)
            Note(ParityKind.Deprecated, what, found.DeprecationReason?.Trim());

        return found;
    }

    private void Note(ParityKind kind, string what, string? reason = null) => _findings.TryAdd(what, new(kind, _operation, what, reason));
}
