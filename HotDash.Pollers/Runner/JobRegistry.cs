namespace HotDash.Pollers.Runner;

/// <summary>The job list, by kind.</summary>
internal sealed class JobRegistry
{
    private readonly Dictionary<string, JobDefinition> _definitions = new(StringComparer.Ordinal);

    public JobRegistry(IEnumerable<JobDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            if (!_definitions.TryAdd(definition.Kind, definition))
                throw new InvalidOperationException($"The job list has two jobs named '{definition.Kind}'.");
        }
    }

    public JobDefinition? Find(string kind) => _definitions.GetValueOrDefault(kind);

    public IReadOnlyDictionary<string, TimeSpan> Periods => _definitions.Values
        .Where(definition => definition.Every is not null)
        .ToDictionary(definition => definition.Kind, definition => definition.Every!.Value, StringComparer.Ordinal);
}
