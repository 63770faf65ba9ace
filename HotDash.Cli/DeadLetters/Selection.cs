using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

/// <summary>Letters by id or by filter. Everything has to be asked for by its name: no options at all choose nothing.</summary>
internal sealed class Selection
{
    private readonly Argument<Guid[]> _ids = new("ids") { Description = "ids of letters; or choose them by the options", Arity = ArgumentArity.ZeroOrMore };
    private readonly FilterOptions _filter = LetterFilters.Letters();
    private readonly Option<bool> _all = new("--all") { Description = "Every letter that waits for a decision." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_ids);
        _filter.AddTo(command);
        command.Options.Add(_all);
        command.Validators.Add(result =>
        {
            var filtered = _filter.IsIn(result) || result.GetValue(_all);
            if (result.GetResult(_ids) is { Tokens.Count: > 0 } == filtered)
                result.AddError("Name letters by their ids, or choose them by options (--integration …), or say --all.");
        });
    }

    /// <summary>The members <c>ids</c> or <c>filter</c> of a body.</summary>
    public Dictionary<string, object?> Body(ParseResult parsed) => parsed.GetValue(_ids) is { Length: > 0 } ids
        ? new(StringComparer.Ordinal) { ["ids"] = ids }
        : new(StringComparer.Ordinal) { ["filter"] = _filter.Read(parsed) };
}
