using HotDash.Api.Problems;

namespace HotDash.Api.Requests;

/// <summary>Collects what is wrong with a request, so that the caller learns all of it at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public ApiProblem ToProblem() => ApiProblem.Invalid(_errors);

    public void Add(string field, string what) => _errors[field] = [.. _errors.GetValueOrDefault(field) ?? [], what];

    public void Require(bool holds, string field, string what)
    {
        if (!holds)
            Add(field, what);
    }
}
