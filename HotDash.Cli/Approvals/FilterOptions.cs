using System.CommandLine;

namespace HotDash.Cli.Approvals;

/// <summary>Which approvals.</summary>
internal sealed class FilterOptions
{
    private readonly (string Name, Option<string> Option)[] _options =
    [
        ("kind", new("--kind") { Description = "Such as support.reply." }),
        ("target", new("--target") { Description = "Id of the conversation, or of whatever it is about." }),
        ("requester", new("--requester") { Description = "Name of a key, or its id." }),
        ("risk", new("--risk") { Description = "1 to 3: at least this risk." }),
    ];

    public void AddTo(Command command) => Array.ForEach(_options, entry => command.Add(entry.Option));

    public string Query(ParseResult parsed, params (string Name, string? Value)[] more) => string.Join('&', Values(parsed).Concat(more)
        .Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}={Uri.EscapeDataString(entry.Value!)}"));

    public Dictionary<string, string> Body(ParseResult parsed) =>
        Values(parsed).Where(entry => entry.Value is not null).ToDictionary(entry => entry.Name, entry => entry.Value!, StringComparer.Ordinal);

    private IEnumerable<(string Name, string? Value)> Values(ParseResult parsed) => _options.Select(entry => (entry.Name, parsed.GetValue(entry.Option)));
}
