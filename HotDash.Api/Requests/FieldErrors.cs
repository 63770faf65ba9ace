using HotDash.Api.Problems;

namespace HotDash.Api.Requests;

/// <summary>Collects what is wrong with a request, so that the caller learns all of it at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    public bool Any => errors.Count > 0;

    public ApiProblem ToProblem() => ApiProblem.Invalid(errors);

    public void Add(string field, string what) => errors[field] = [.. errors.GetValueOrDefault(field) ?? [], what];

    public void Require(bool holds, string field, string what)
    {
        if (!holds)
            Add(field, what);
    }
}
