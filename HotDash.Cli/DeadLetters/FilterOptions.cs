using System.CommandLine;
using System.CommandLine.Parsing;

namespace HotDash.Cli.DeadLetters;

/// <summary>The options that choose letters, as the api knows them.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string>[] _options;

    private FilterOptions(params (string Name, string Description)[] options) =>
        _options = [.. options.Select(option => new Option<string>($"--{option.Name}") { Description = option.Description })];

    public static FilterOptions Causes() => new(
        ("integration", "Key of the integration, such as publer."),
        ("operation", "Name of the operation, such as publish-post."),
        ("failure", "Code of the failure, such as timeout."),
        ("text", "A part of the failure's summary."));

    public static FilterOptions Letters() => new(
        ("integration", "Key of the integration, such as publer."),
        ("operation", "Name of the operation, such as publish-post."),
        ("failure", "Code of the failure, such as timeout."),
        ("text", "A part of the failure's summary."),
        ("state", "pending, replaying, replayed, unknown or discarded."),
        ("from", "Kept at this time or later, such as 2026-11-21T12:00:00Z."),
        ("to", "Kept before this time."));

    public void AddTo(Command command) => Array.ForEach(_options, command.Options.Add);

    public bool IsIn(CommandResult command) => _options.Any(option => command.GetResult(option) is { Implicit: false });

    /// <summary>What was given, by the api's names.</summary>
    public Dictionary<string, string> Read(ParseResult parsed) => _options
        .Select(option => (Name: option.Name.TrimStart('-'), Value: parsed.GetValue(option)))
        .Where(option => option.Value is not null)
        .ToDictionary(option => option.Name, option => option.Value!, StringComparer.Ordinal);

    public static string Query(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join('&', values.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
}
