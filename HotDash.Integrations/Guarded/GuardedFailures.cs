namespace HotDash.Integrations;

/// <summary>What a person wrote is nothing that the operation does.</summary>
public sealed class ContentRefusedException(IReadOnlyList<ContentProblem> problems) : Exception(string.Join(" ", problems.Select(problem => $"{problem.Field} {problem.What}")))
{
    public IReadOnlyList<ContentProblem> Problems => problems;
}

/// <summary>What is wrong with a field, in words that follow its name.</summary>
public sealed record ContentProblem(string Field, string What);

/// <summary>The provider has other values than those that were approved, so nothing was done.</summary>
/// <param name="content">The same action for the present values.</param>
public sealed class TargetChangedException(string integration, string content)
    : IntegrationException(integration, IntegrationCodes.Conflict, "what is there is not what was approved")
{
    public string Content { get; } = content;
}

/// <summary>The provider refused an action as a whole.</summary>
/// <param name="result">What it said of each item.</param>
public sealed class ActionRefusedException(string integration, string message, string result) : IntegrationException(integration, IntegrationCodes.Rejected, message)
{
    public string Result { get; } = result;
}
