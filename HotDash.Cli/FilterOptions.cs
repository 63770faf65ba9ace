using System.CommandLine;
using System.CommandLine.Parsing;

namespace HotDash.Cli;

/// <summary>Options that choose what a command is about.</summary>
/// <param name="filters">By the api's names.</param>
internal sealed class FilterOptions(params (string Name, string Description)[] filters)
{
    private readonly (string Name, Option<string> Option)[] _options =
        [.. filters.Select(filter => (filter.Name, new Option<string>(NameOf(filter.Name)) { Description = filter.Description }))];

    public void AddTo(Command command) => Array.ForEach(_options, entry => command.Options.Add(entry.Option));

    public bool IsIn(CommandResult command) => _options.Any(entry => command.GetResult(entry.Option) is { Implicit: false });

    /// <summary>What was given, by the api's names.</summary>
    public Dictionary<string, string> Read(ParseResult parsed) => _options
        .Select(entry => (entry.Name, Value: parsed.GetValue(entry.Option)))
        .Where(entry => entry.Value is not null)
        .ToDictionary(entry => entry.Name, entry => entry.Value!, StringComparer.Ordinal);

    public string Query(ParseResult parsed, params (string Name, string? Value)[] more) => string.Join('&', Read(parsed)
        .Select(entry => (Name: entry.Key, Value: (string?)entry.Value)).Concat(more)
        .Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}={Uri.EscapeDataString(entry.Value!)}"));

    /// <summary><c>objectId</c> is <c>--object</c>.</summary>
    private static string NameOf(string filter) => $"--{(filter.EndsWith("Id", StringComparison.Ordinal) ? filter[..^2] : filter)}";
}
